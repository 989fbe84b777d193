namespace FaceLoupe.Cli.Detection;

/// <summary>The formats of results.</summary>
internal static class DetectFormats
{
    /// <summary>Their names.</summary>
    public static string[] All { get; } =
        ["json", "jsonl", "parquet", "csv", "coco", "yolo", "voc", "wider", "fddb", "xmp"];

    /// <summary>Whether a format puts each image into a file of its own.</summary>
    public static bool NeedsFolder(string format) => format is "yolo" or "voc" or "xmp" || IsBenchmark(format);

    /// <summary>
    /// Whether a format is that of a benchmark, which expects every box, however low its score, of images in folders.
    /// </summary>
    public static bool IsBenchmark(string? format) => format is "wider" or "fddb";
}
