using FaceLoupe.Imaging;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Inputs;

/// <summary>
/// Lists the files of folders. What cannot be read is reported and skipped; so are links to folders, which may form a
/// cycle.
/// </summary>
/// <param name="without">Full paths of folders to skip.</param>
/// <param name="videos">Whether videos are included.</param>
internal sealed class FileWalk(IReadOnlyList<string> without, bool videos)
{
    private readonly HashSet<string> _linksReported = new(StringComparer.Ordinal);

    /// <summary>Folders that could not be read.</summary>
    public List<InputFault> Faults { get; } = [];

    /// <summary>What was skipped, one line each.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The images and, if included, videos of a folder, sorted by path.</summary>
    /// <param name="folder">The folder; paths begin with it as it is given.</param>
    /// <param name="subfolders">Whether subfolders are included.</param>
    /// <param name="named">Which names match; null: all.</param>
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
                        $"{path}: is a link to a folder and is skipped; give it as an input to include it.");
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
            Notes.Add($"{reason} It may not be an image and is skipped.");
        }

        return video is { } known && (videos || !known);
    }

    private static InputFault Unreadable(string folder, Exception fault) => new(
        folder,
        fault is DirectoryNotFoundException
            ? RegularFile.Missing(folder)
            : $"{folder}: the folder cannot be read: {fault.Message.ReplaceLineEndings(" ")}");
}
