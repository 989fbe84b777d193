using FaceLoupe.Cli.Inputs;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Mcp;

/// <summary>The folders that tool calls may access. Links that lead out of them are not followed.</summary>
internal sealed class ToolRoots
{
    private readonly string[] _roots;

    /// <summary>Takes the folders.</summary>
    /// <exception cref="FaceLoupeException">One does not exist.</exception>
    public ToolRoots(IReadOnlyList<string> folders)
    {
        if (folders.FirstOrDefault(folder => !Directory.Exists(folder)) is { } missing)
        {
            throw new FaceLoupeException(
                $"{missing}: does not exist; give folders whose images may be searched.");
        }

        _roots = [.. folders.Select(RealPath.Of)];
    }

    /// <summary>The path of a file or folder.</summary>
    /// <param name="path">The path of the call; relative to the first folder.</param>
    /// <exception cref="FaceLoupeException">It is outside the folders, whether it exists or not.</exception>
    public string Resolve(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            throw Outside(path);
        }

        var full = RealPath.Of(Path.GetFullPath(path, _roots[0]));
        return Array.Exists(_roots, root => InputList.IsWithin(full, root)) ? full : throw Outside(path);
    }

    private static FaceLoupeException Outside(string path) => new(
        $"{path.Replace('\0', ' ')}: is not in the folders that were given to this server.");
}
