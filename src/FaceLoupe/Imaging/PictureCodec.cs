namespace FaceLoupe.Imaging;

/// <summary>
/// Decodes formats of images that the library itself does not read. Once added, every way to read an image takes them.
/// </summary>
public abstract class PictureCodec
{
    private static readonly Lock Change = new();
    private static volatile PictureCodec[] _added = [];

    /// <summary>
    /// Names of the formats that it reads, as people know them, such as "TIFF". Default: none is named.
    /// </summary>
    public virtual IReadOnlyList<string> Formats => [];

    /// <summary>Names of the formats that the codecs added read.</summary>
    internal static IEnumerable<string> AddedFormats => _added.SelectMany(codec => codec.Formats);

    /// <summary>Adds a codec for the whole process; one of a type that is there already changes nothing.</summary>
    public static void Add(PictureCodec codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        lock (Change)
        {
            if (!Array.Exists(_added, added => added.GetType() == codec.GetType()))
            {
                _added = [.. _added, codec];
            }
        }
    }

    /// <summary>Whether this codec reads a file, by its bytes.</summary>
    /// <param name="file">The content of a file, or its first 256 bytes.</param>
    public abstract bool Reads(ReadOnlySpan<byte> file);

    /// <summary>Reads the size of the upright image from its header.</summary>
    /// <param name="file">The content of a file.</param>
    /// <param name="name">What to call it in messages, as a path.</param>
    /// <exception cref="UnreadablePictureException">The header is damaged.</exception>
    public abstract PictureSize ReadSize(ReadOnlySpan<byte> file, string name);

    /// <summary>
    /// Decodes an image whose size was found good: sRGB, upright, transparent parts over white; the first image of
    /// several.
    /// </summary>
    /// <param name="file">The content of a file.</param>
    /// <param name="name">What to call it in messages, as a path.</param>
    /// <exception cref="UnreadablePictureException">The file is damaged or cut short.</exception>
    public abstract Picture Decode(ReadOnlySpan<byte> file, string name);

    /// <summary>The codec that reads a file; null: there is none.</summary>
    internal static PictureCodec? For(ReadOnlySpan<byte> file)
    {
        foreach (var codec in _added)
        {
            if (codec.Reads(file))
            {
                return codec;
            }
        }

        return null;
    }
}
