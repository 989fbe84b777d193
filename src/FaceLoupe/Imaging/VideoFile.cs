namespace FaceLoupe.Imaging;

/// <summary>Which files are taken for videos by their names.</summary>
internal static class VideoFile
{
    /// <summary>Extensions that are taken for videos, lower case and with the dot.</summary>
    public static IReadOnlyList<string> Extensions { get; } =
    [
        ".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".ts", ".mts", ".m2ts", ".wmv", ".flv",
        ".3gp", ".ogv",
    ];

    /// <summary>True when the name ends in one of <see cref="Extensions"/>, in any case.</summary>
    public static bool HasVideoExtension(string path) =>
        Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
