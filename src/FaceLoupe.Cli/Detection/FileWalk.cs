using FaceLoupe.Cli.Video;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Detection;

/// <summary>
/// Walks through folders. What may not be read is noted and left out; links to folders are not followed, for they may
/// lead round in a circle.
/// </summary>
/// <param name="without">Full paths of folders that are left out.</param>
/// <param name="videos">Whether files that are named like videos are meant too.</param>
internal sealed class FileWalk(IReadOnlyList<string> without, bool videos)
{
    /// <summary>Folders that could not be read.</summary>
    public List<InputFault> Faults { get; } = [];

    /// <summary>The files of a folder that are named like pictures or, where meant, videos, sorted by path.</summary>
    /// <param name="folder">The folder; paths begin with it as it is given.</param>
    /// <param name="subfolders">Whether those of its subfolders are meant too.</param>
    public IReadOnlyList<string> In(string folder, bool subfolders)
    {
        var files = new List<string>();
        Collect(folder, subfolders, files);
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    /// <summary>The subfolders of a folder.</summary>
    public IReadOnlyList<string> FoldersIn(string folder)
    {
        try
        {
            return
            [
                .. new DirectoryInfo(folder).EnumerateDirectories()
                    .Where(inner => inner.LinkTarget is null && !without.Contains(inner.FullName))
                    .Select(inner => Path.Join(folder, inner.Name)),
            ];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Faults.Add(new InputFault(
                folder, $"{folder}: the folder cannot be read: {fault.Message.ReplaceLineEndings(" ")}"));
            return [];
        }
    }

    private void Collect(string folder, bool subfolders, List<string> files)
    {
        try
        {
            files.AddRange(Directory.EnumerateFiles(folder).Where(path =>
                PictureFile.HasPictureExtension(path) || (videos && VideoInfo.IsVideoFile(path))));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Faults.Add(new InputFault(
                folder, $"{folder}: the folder cannot be read: {fault.Message.ReplaceLineEndings(" ")}"));
            return;
        }

        if (subfolders)
        {
            foreach (var inner in FoldersIn(folder))
            {
                Collect(inner, subfolders, files);
            }
        }
    }
}
