namespace FaceLoupe.Imaging;

/// <summary>Decodes image files: in this process, as <see cref="OwnProcessDecoder"/> does, or elsewhere.</summary>
/// <remarks>Called by many threads at a time.</remarks>
public interface IPictureDecoder
{
    /// <summary>Reads the size of the upright image from its header.</summary>
    /// <param name="file">The content of an image file.</param>
    /// <param name="name">What to call it in messages, as a path.</param>
    /// <param name="cancellationToken">Ends the work, where it can be ended.</param>
    /// <exception cref="UnreadablePictureException">The header is not an image's.</exception>
    PictureSize ReadSize(ReadOnlyMemory<byte> file, string name, CancellationToken cancellationToken);

    /// <summary>Decodes an image: sRGB, upright, transparent parts over white.</summary>
    /// <param name="file">The content of an image file.</param>
    /// <param name="name">What to call it in messages, as a path.</param>
    /// <param name="cancellationToken">Ends the work, where it can be ended.</param>
    /// <exception cref="UnreadablePictureException">The bytes are empty, truncated or not an image.</exception>
    Picture Decode(ReadOnlyMemory<byte> file, string name, CancellationToken cancellationToken);
}
