namespace FaceLoupe.Imaging;

/// <summary>Decodes picture files: in this process, as <see cref="OwnProcessDecoder"/> does, or elsewhere.</summary>
/// <remarks>Called by many threads at a time.</remarks>
public interface IPictureDecoder
{
    /// <summary>Reads the size of the upright picture from its header.</summary>
    /// <param name="file">The content of a picture file.</param>
    /// <param name="name">What to call it in messages, as a path.</param>
    /// <param name="cancellationToken">Ends the work, where it can be ended.</param>
    /// <exception cref="UnreadablePictureException">The header is not a picture's.</exception>
    PictureSize ReadSize(ReadOnlyMemory<byte> file, string name, CancellationToken cancellationToken);

    /// <summary>Decodes a picture: sRGB, upright, transparent parts over white.</summary>
    /// <param name="file">The content of a picture file.</param>
    /// <param name="name">What to call it in messages, as a path.</param>
    /// <param name="cancellationToken">Ends the work, where it can be ended.</param>
    /// <exception cref="UnreadablePictureException">The bytes are empty, truncated or not a picture.</exception>
    Picture Decode(ReadOnlyMemory<byte> file, string name, CancellationToken cancellationToken);
}
