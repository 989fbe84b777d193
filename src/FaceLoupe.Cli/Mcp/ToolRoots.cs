using FaceLoupe.Cli.Inputs;

namespace FaceLoupe.Cli.Mcp;

/// <summary>The folders that a model's calls may reach. Links that lead out of them are not followed.</summary>
internal sealed class ToolRoots
{
    private readonly string[] _roots;

    /// <summary>Takes the folders.</summary>
    /// <exception cref="FaceLoupeException">One is not there.</exception>
    public ToolRoots(IReadOnlyList<string> folders)
    {
        if (folders.FirstOrDefault(folder => !Directory.Exists(folder)) is { } missing)
        {
            throw new FaceLoupeException(
                $"{missing}: there is no such folder; give folders whose images may be searched.");
        }

        _roots = [.. folders.Select(folder => Real(Path.GetFullPath(folder)))];
    }

    /// <summary>The path of a file or folder.</summary>
    /// <param name="path">As the call gives it; a relative one lies in the first folder.</param>
    /// <exception cref="FaceLoupeException">It lies elsewhere, whether there is something or not.</exception>
    public string Resolve(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            throw Outside(path);
        }

        var full = Real(Path.GetFullPath(path, _roots[0]));
        return Array.Exists(_roots, root => InputList.IsWithin(full, root)) ? full : throw Outside(path);
    }

    private static FaceLoupeException Outside(string path) => new(
        $"{path.Replace('\0', ' ')}: does not lie in the folders that this server was given at its start.");

    // Each folder on the way may be a link.
    private static string Real(string full)
    {
        var real = Path.GetPathRoot(full)!;
        foreach (var part in full[real.Length..].Split(
            Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Join(real, part);
            try
            {
                FileSystemInfo place = Directory.Exists(real) ? new DirectoryInfo(real) : new FileInfo(real);
                real = place.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Real(target.FullName) : real;
            }
            catch (IOException)
            {
                // Round in a circle: nothing is there.
            }
        }

        return Path.TrimEndingDirectorySeparator(real);
    }
}
