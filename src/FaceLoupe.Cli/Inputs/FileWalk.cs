using FaceLoupe.Imaging;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Inputs;

/// <summary>
/// Walks through folders. What may not be read is noted and left out; links to folders are not followed, for they may
/// lead round in a circle, and that is reported.
/// </summary>
/// <param name="without">Full paths of folders that are left out.</param>
/// <param name="videos">Whether videos are meant too.</param>
internal sealed class FileWalk(IReadOnlyList<string> without, bool videos)
{
    private readonly HashSet<string> _linksReported = new(StringComparer.Ordinal);

    /// <summary>Folders that could not be read.</summary>
    public List<InputFault> Faults { get; } = [];

    /// <summary>What was skipped, one line each.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The images and, where meant, videos of a folder, sorted by path.</summary>
    /// <param name="folder">The folder; paths begin with it as it is given.</param>
    /// <param name="subfolders">Whether those of its subfolders are meant too.</param>
    /// <param name="named">Which names are meant; null: all.</param>
    public IReadOnlyList<string> In(string folder, bool subfolders, Func<string, bool>? named = null)
    {
        var files = new List<string>();
        Collect(folder, subfolders, named ?? (_ => true), files);
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    /// <summary>The subfolders of a folder.</summary>
    public IReadOnlyList<string> FoldersIn(string folder)
    {
        try
        {
            var folders = new List<string>();
            foreach (var inner in new DirectoryInfo(folder).EnumerateDirectories())
            {
                var path = Path.Join(folder, inner.Name);
                if (inner.LinkTarget is null && !without.Contains(inner.FullName))
                {
                    folders.Add(path);
                }
                else if (inner.LinkTarget is not null && _linksReported.Add(inner.FullName))
                {
                    Notes.Add(
                        $"{path}: is a link to a folder, which is passed over; give it as an input if it is meant.");
                }
            }

            return folders;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Faults.Add(Unreadable(folder, fault));
            return [];
        }
    }

    private void Collect(string folder, bool subfolders, Func<string, bool> named, List<string> files)
    {
        try
        {
            files.AddRange(
                Directory.EnumerateFiles(folder).Where(path => named(Path.GetFileName(path)) && IsMeant(path)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Faults.Add(Unreadable(folder, fault));
            return;
        }

        if (subfolders)
        {
            foreach (var inner in FoldersIn(folder))
            {
                Collect(inner, subfolders, named, files);
            }
        }
    }

    private bool IsMeant(string path)
    {
        var video = InputKind.IsVideo(path);
        if (video is null && RegularFile.IsNameLost(path))
        {
            Faults.Add(new InputFault(path, RegularFile.Missing(path)));
        }
        else if (video is null && RegularFile.WhyNotOpened(path) is { } reason)
        {
            Notes.Add($"{reason} Whether it is an image is not known: it is passed over.");
        }

        return video is { } known && (videos || !known);
    }

    private static InputFault Unreadable(string folder, Exception fault) => new(
        folder,
        fault is DirectoryNotFoundException
            ? RegularFile.Missing(folder)
            : $"{folder}: the folder cannot be read: {fault.Message.ReplaceLineEndings(" ")}");
}
