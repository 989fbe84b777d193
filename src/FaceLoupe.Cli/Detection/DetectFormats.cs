namespace FaceLoupe.Cli.Detection;

/// <summary>The formats of results.</summary>
internal static class DetectFormats
{
    /// <summary>Their names.</summary>
    public static string[] All { get; } = ["json", "jsonl", "parquet", "csv", "coco", "yolo", "voc", "wider", "xmp"];

    /// <summary>Whether a format puts each picture into a file of its own.</summary>
    public static bool WantsFolder(string format) => format is "yolo" or "voc" or "wider" or "xmp";
}
