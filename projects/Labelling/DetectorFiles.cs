namespace FaceLoupe.Training.Labelling;

/// <summary>Finds the files of detectors.</summary>
internal static class DetectorFiles
{
    private static readonly string[] SlowDetectors = ["extd", "eresfd"];

    /// <summary>
    /// The named files, and the files of named folders by name. EXTD and EResFD are many times slower than the others
    /// and must be named as files.
    /// </summary>
    /// <exception cref="FaceLoupeException">A file or folder is missing, or a folder holds no network.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> named) => [.. named.SelectMany(Find)];

    private static IEnumerable<string> Find(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new FaceLoupeException($"{path}: no such file or folder; give face detectors as ONNX files.");
        }

        var files = Directory.GetFiles(path, "*.onnx")
            .Where(file => !SlowDetectors.Any(
                slow => Path.GetFileName(file).StartsWith(slow, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal)
            .ToArray();
        return files.Length > 0
            ? files : throw new FaceLoupeException($"{path}: no face detector (*.onnx) in this folder.");
    }
}
