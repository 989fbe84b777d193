using System.Collections.Concurrent;

namespace FaceLoupe.Storage;

/// <summary>
/// One name for each file, whichever links lead to its folder. A file that is a link itself is not followed, as such a
/// file is replaced by its name.
/// </summary>
internal sealed class PlaceNames
{
    // Many files have one folder.
    private readonly ConcurrentDictionary<string, string> _folders = new(StringComparer.Ordinal);

    /// <summary>The name of a file.</summary>
    /// <param name="path">Its path, relative to the current folder or not.</param>
    public string Of(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path.Length == 0 ? "." : path));
        return Path.GetDirectoryName(full) is { } folder
            ? Path.Join(_folders.GetOrAdd(folder, RealPath.Of), Path.GetFileName(full))
            : full;
    }

    /// <summary>The name of a file, and if it is a link that of the file to which it leads.</summary>
    /// <param name="path">Its path.</param>
    public IEnumerable<string> AllOf(string path) =>
        new FileInfo(path).LinkTarget is null ? [Of(path)] : [Of(path), RealPath.Of(path)];

    /// <summary>The names of files that must not be replaced.</summary>
    /// <param name="paths">Their paths.</param>
    public HashSet<string> SetOf(IEnumerable<string> paths) =>
        paths.SelectMany(AllOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
