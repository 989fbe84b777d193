namespace FaceLoupe.Storage;

/// <summary>Where a path leads, with all links followed.</summary>
internal static class RealPath
{
    /// <summary>
    /// The place itself. What does not exist is left as it is; each folder of the path may be a link.
    /// </summary>
    /// <param name="path">A path, relative to the current folder or not.</param>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full)!;
        foreach (var part in full[real.Length..].Split(
            Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Join(real, part);
            try
            {
                FileSystemInfo place = Directory.Exists(real) ? new DirectoryInfo(real) : new FileInfo(real);
                real = place.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Of(target.FullName) : real;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // A cycle of links: the file does not exist.
            }
        }

        return Path.TrimEndingDirectorySeparator(real);
    }
}
