using System.Text.Json;
using System.Text.RegularExpressions;
using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Blurring;

/// <summary>
/// What an earlier run has finished, according to its audit or, without one, to the existing targets.
/// </summary>
internal sealed partial class BlurResume
{
    private const string None = "none";

    private static readonly string[] MayDiffer = ["program", "started"];

    // Damaged images that were refused may be allowed later, as those that are finished are whole.
    private static readonly string[] MayBeAdded = ["allowDamaged"];

    private readonly HashSet<(string File, string Output)>? _done;

    private readonly (string File, string Output)? _underWay;

    private readonly HashSet<string> _contested;

    private BlurResume(
        HashSet<(string File, string Output)>? done,
        IReadOnlyList<string> lines,
        (string File, string Output)? underWay = null,
        IEnumerable<string>? contested = null) =>
        (_done, Lines, _underWay, _contested) = (
            done, lines, underWay, (contested ?? []).ToHashSet(StringComparer.Ordinal));

    /// <summary>The lines of the earlier audit that are still valid: those of finished files.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>Whether a file is finished.</summary>
    public bool IsDone(string file, string target) =>
        File.Exists(target) && (_done?.Contains((file, target)) ?? !IsContested(file));

    /// <summary>
    /// Whether, without an audit, a file's target may be the copy of another input: their copies would have one name,
    /// and the earlier run may have had other inputs.
    /// </summary>
    public bool IsContested(string file) => _contested.Contains(file);

    /// <summary>
    /// Whether the file at a target is a copy that the earlier run wrote just before it was killed, without recording
    /// it. It is written again.
    /// </summary>
    public bool WasUnderWay(string file, string target) => _underWay == (file, target);

    /// <summary>Reads what an earlier run has finished.</summary>
    /// <param name="audit">The audit file of both runs; null: they have none.</param>
    /// <param name="header">The header of this run.</param>
    /// <param name="inputs">The inputs of this run.</param>
    /// <exception cref="FaceLoupeException">The file is not an audit, or is of a run with other options.</exception>
    public static BlurResume Of(string? audit, AuditHeader header, IReadOnlyList<NamedInput> inputs)
    {
        if (audit is null)
        {
            return new BlurResume(null, [], contested: Contested(inputs));
        }

        if (InputFile.IsNotRegular(audit))
        {
            throw new FaceLoupeException(
                $"--audit {audit}: {InputFile.NotRegular}, but --resume reads it; give a regular file.");
        }

        if (!File.Exists(audit))
        {
            return new BlurResume([], []);
        }

        try
        {
            var lines = WholeLines(InputFile.ReadAllText(audit));
            RefuseOtherOptions(audit, lines.FirstOrDefault(), header);
            var parsed = Array.ConvertAll(lines, line => JsonElement.Parse(line));
            var done = parsed.Where(line => TypeOf(line) == "done")
                .Select(line => (line.GetProperty("file").GetString()!, line.GetProperty("output").GetString()!))
                    .ToHashSet();
            var files = done.Where(pair => File.Exists(pair.Item2)).Select(pair => pair.Item1)
                .ToHashSet(StringComparer.Ordinal);
            return new BlurResume(
                done, [.. lines.Where((_, i) => TypeOf(parsed[i]) is "region" or "done"
                    && files.Contains(parsed[i].GetProperty("file").GetString()!))],
                UnderWay.Read(audit));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException
            or KeyNotFoundException or InvalidOperationException)
        {
            throw new FaceLoupeException(
                $"--audit {audit}: is not an audit that --resume can continue; give another file.", fault);
        }
    }

    /// <summary>What an earlier attempt at a part of a list has finished.</summary>
    /// <param name="done">Files and their masked copies.</param>
    /// <param name="underWay">The file that was being processed when it was killed; null: none.</param>
    public static BlurResume Of(
        IEnumerable<(string File, string Output)> done, (string File, string Output)? underWay) =>
        new([.. done], [], underWay);

    // Inputs whose copies would have one name, and those with the name of a copy that got a number then.
    private static IEnumerable<string> Contested(IReadOnlyList<NamedInput> inputs)
    {
        var byName = inputs.ToLookup(
            file => CopyNames.Of(file.Name, file.IsVideo), file => file.Path, StringComparer.OrdinalIgnoreCase);
        return byName.Where(alike => alike.Count() > 1 || byName[NumberedName().Replace(alike.Key, "$1")].Count() > 1)
            .SelectMany(alike => alike);
    }

    [GeneratedRegex(@"-\d+(\.\w+)$")]
    private static partial Regex NumberedName();

    // A last line without a line end was being written when the program was killed.
    private static string[] WholeLines(string text) => text.Contains('\n', StringComparison.Ordinal)
        ? text[..text.LastIndexOf('\n')].Split('\n', StringSplitOptions.TrimEntries) : [text];

    // Everything that masks depend on must be the same, since there is one header for all files.
    private static void RefuseOtherOptions(string audit, string? earlier, AuditHeader header)
    {
        using var writer = new StringWriter();
        _ = new AuditLog(writer, header);
        var (before, now) = (JsonElement.Parse(earlier ?? "{}"), JsonElement.Parse(writer.ToString()));
        var other = now.EnumerateObject().Select(entry => entry.Name)
            .Union(before.EnumerateObject().Select(entry => entry.Name))
            .FirstOrDefault(name => !MayDiffer.Contains(name) && Text(before, name) != Text(now, name)
                && !(MayBeAdded.Contains(name) && Text(before, name) == None));
        if (other is not null)
        {
            throw new FaceLoupeException(
                $"--audit {audit}: the earlier run had {other} {Text(before, other)}, but this one has "
                + $"{Text(now, other)}; --resume needs the same options.");
        }
    }

    private static string Text(JsonElement header, string name) =>
        header.TryGetProperty(name, out var value) ? value.GetRawText() : None;

    private static string? TypeOf(JsonElement line) => line.GetProperty("type").GetString();
}
