using FaceLoupe.Storage;

namespace FaceLoupe.Imaging;

/// <summary>
/// Reads and writes image files. Reads JPEG, PNG, WebP, BMP and GIF (its first frame), in whatever extension they
/// come, and turns them upright by their EXIF orientation. A <see cref="PictureCodec"/> adds further formats.
/// </summary>
public static partial class PictureFile
{
    /// <summary>Longest side that is read, in pixels: larger headers are faults or attacks.</summary>
    public const int MaxSide = 65_535;

    /// <summary>Maximum number of pixels of an image: 400 million, which need 1.2 GB in memory.</summary>
    public const long MaxPixels = 400_000_000;

    /// <summary>Default quality of lossy formats, from 1 to 100.</summary>
    public const int DefaultQuality = 92;

    /// <summary>
    /// Extensions that images have, lower case and with the dot: of the formats that are read here, then of those
    /// that a <see cref="PictureCodec"/> reads.
    /// </summary>
    public static IReadOnlyList<string> Extensions { get; } =
    [
        ".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".jpe", ".jfif", ".jif", ".mpo", ".apng", ".dib",
        ".heic", ".heif", ".hif", ".avif", ".tif", ".tiff", ".jxl", ".jp2", ".j2k", ".jpf", ".jpx",
    ];

    /// <summary>
    /// Names of the formats that are read; those of each <see cref="PictureCodec"/> that was added come last.
    /// </summary>
    public static IReadOnlyList<string> Formats => ["JPEG", "PNG", "WebP", "BMP", "GIF", .. PictureCodec.AddedFormats];

    /// <summary>The formats that are read, in words: "JPEG, PNG, WebP, BMP or GIF".</summary>
    internal static string Readable => $"{string.Join(", ", Formats.SkipLast(1))} or {Formats[^1]}";

    /// <summary>What to convert others to: formats that keep their size and that every program writes.</summary>
    internal const string Advised = "JPEG or PNG";

    /// <summary>Longest side that can be written in a format, in pixels.</summary>
    internal static int MaxSideOf(PictureFormat format) => format switch
    {
        PictureFormat.Webp => 16_383,
        PictureFormat.Jpeg => 65_500,
        _ => MaxSide,
    };

    /// <summary>True when the name ends in one of <see cref="Extensions"/>, in any case.</summary>
    public static bool HasPictureExtension(string path) =>
        Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads an image file: sRGB, upright, transparent parts over white.</summary>
    /// <exception cref="UnreadablePictureException">
    /// The file is missing, empty, a pipe or device, truncated, or not an image.
    /// </exception>
    public static Picture Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Decode(ReadBytes(path), path);
    }

    /// <summary>Reads an image from memory: sRGB, upright, transparent parts over white.</summary>
    /// <param name="bytes">The content of an image file.</param>
    /// <param name="name">What to call it in messages, as a path.</param>
    /// <exception cref="UnreadablePictureException">The bytes are empty, truncated or not an image.</exception>
    public static Picture Decode(ReadOnlySpan<byte> bytes, string name) => PictureDecoder.Decode(bytes, name);

    /// <summary>
    /// Writes an image in the format of the extension (.png, .jpg, .jpeg, .webp), under a temporary name that is then
    /// renamed. Missing folders are made.
    /// </summary>
    /// <param name="picture">What to write.</param>
    /// <param name="path">Where to write it.</param>
    /// <param name="jpegQuality">Quality of JPEG and WebP, from 1 to 100.</param>
    /// <exception cref="FaceLoupeException">Another extension, or the file system refused.</exception>
    public static void Write(Picture picture, string path, int jpegQuality = DefaultQuality)
    {
        ArgumentNullException.ThrowIfNull(path);
        var bytes = Encode(picture, FormatOf(path), jpegQuality);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>Encodes an image into the bytes of a file.</summary>
    /// <param name="picture">What to encode.</param>
    /// <param name="format">The file format.</param>
    /// <param name="quality">Quality of JPEG and WebP, from 1 to 100.</param>
    /// <exception cref="FaceLoupeException">The format cannot hold an image of this size.</exception>
    public static byte[] Encode(Picture picture, PictureFormat format, int quality = DefaultQuality) =>
        PictureEncoder.Encode(picture, format, quality);

    private static PictureFormat FormatOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".PNG" => PictureFormat.Png,
        ".JPG" or ".JPEG" => PictureFormat.Jpeg,
        ".WEBP" => PictureFormat.Webp,
        _ => throw new FaceLoupeException(
            $"{path}: images are written as .png, .jpg, .jpeg or .webp; choose one of these extensions."),
    };

    /// <summary>The bytes of an image file.</summary>
    /// <exception cref="UnreadablePictureException">
    /// It is missing, empty, no regular file, or may not be read.
    /// </exception>
    internal static byte[] ReadBytes(string path) => RegularFile.Read(path, $"a {Readable} image");
}
