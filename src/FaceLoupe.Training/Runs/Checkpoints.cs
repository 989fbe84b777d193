using System.Globalization;

namespace FaceLoupe.Training.Runs;

/// <summary>A complete checkpoint on disk.</summary>
internal sealed record Checkpoint(long Step, string Folder);

/// <summary>
/// The checkpoints of a run: folders step-000123, the latest two. A folder gets its name when it is complete, so that a
/// killed run can be resumed.
/// </summary>
internal sealed class Checkpoints(string folder)
{
    private const string Prefix = "step-";
    private const string Unfinished = ".unfinished-";
    private const int Kept = 2;

    /// <summary>The checkpoint of the highest step, or null.</summary>
    public Checkpoint? Latest() => All() is [.., var latest] ? latest : null;

    /// <summary>The complete checkpoints, oldest first.</summary>
    public IReadOnlyList<Checkpoint> All()
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        return [.. Directory.EnumerateDirectories(folder, Prefix + "*")
            .Select(path => (Path: path, Step: ParseStep(Path.GetFileName(path))))
            .Where(found => found.Step >= 0)
            .Select(found => new Checkpoint(found.Step, found.Path))
            .OrderBy(checkpoint => checkpoint.Step)];
    }

    /// <summary>Writes a checkpoint and deletes all but the latest two.</summary>
    /// <param name="step">Steps done, 0 or more.</param>
    /// <param name="write">Writes all files into the given folder.</param>
    public Checkpoint Save(long step, Action<string> write)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        RemoveUnfinished();
        var name = FormattableString.Invariant($"{Prefix}{step:D6}");
        var unfinished = Path.Combine(folder, Unfinished + name);
        var finished = Path.Combine(folder, name);
        Directory.CreateDirectory(unfinished);
        write(unfinished);
        if (Directory.Exists(finished))
        {
            // A stop right after a regular checkpoint writes the same step again; one of the two always exists.
            var replaced = Path.Combine(folder, $"{Unfinished}replaced-{name}");
            Directory.Move(finished, replaced);
        }

        Directory.Move(unfinished, finished);
        RemoveUnfinished();
        foreach (var old in All().SkipLast(Kept))
        {
            Directory.Delete(old.Folder, recursive: true);
        }

        return new Checkpoint(step, finished);
    }

    /// <summary>Deletes incomplete checkpoints of a killed run.</summary>
    public void RemoveUnfinished()
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var path in Directory.EnumerateDirectories(folder, Unfinished + "*").ToList())
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static long ParseStep(string name) =>
        long.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            ? step
            : -1;
}
