namespace FaceLoupe.Imaging;

/// <summary>
/// Decodes in the process itself, as <see cref="PictureFile"/> does. Decoding cannot be cancelled, and a fault of
/// native code ends the process.
/// </summary>
public sealed class OwnProcessDecoder : IPictureDecoder
{
    private OwnProcessDecoder()
    {
    }

    /// <summary>The only one there is.</summary>
    public static OwnProcessDecoder Instance { get; } = new();

    /// <inheritdoc/>
    public PictureSize ReadSize(ReadOnlyMemory<byte> file, string name, CancellationToken cancellationToken) =>
        PictureSize.Read(file.Span, name);

    /// <inheritdoc/>
    public Picture Decode(ReadOnlyMemory<byte> file, string name, CancellationToken cancellationToken) =>
        PictureFile.Decode(file.Span, name);
}
