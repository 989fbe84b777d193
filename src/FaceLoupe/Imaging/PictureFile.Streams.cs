namespace FaceLoupe.Imaging;

/// <content>Image files that come through a stream.</content>
public static partial class PictureFile
{
    /// <summary>
    /// Reads an image file from a stream, from where it stands to its end: sRGB, upright, over white.
    /// </summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="name">What to call it in messages; null (the default): the file's path, or "the stream".</param>
    /// <exception cref="UnreadablePictureException">The stream ends early, or is not an image.</exception>
    public static Picture Read(Stream stream, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        name ??= NameOf(stream);
        using var bytes = new MemoryStream();
        try
        {
            stream.CopyTo(bytes);
        }
        catch (IOException fault)
        {
            throw Broken(name, fault);
        }

        return Decode(Content(bytes), name);
    }

    /// <summary>Reads an image file from a stream without holding a thread while waiting for it.</summary>
    /// <param name="stream">The stream, from where it stands; it stays open.</param>
    /// <param name="name">What to call it in messages; null (the default): the file's path, or "the stream".</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="UnreadablePictureException">The stream ends early, or is not an image.</exception>
    public static async Task<Picture> ReadAsync(
        Stream stream, string? name = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        name ??= NameOf(stream);
        using var bytes = new MemoryStream();
        try
        {
            await stream.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException fault)
        {
            throw Broken(name, fault);
        }

        // Decoding is work, not waiting: a caller on a thread of a user interface keeps it free.
        return await Task.Run(() => Decode(Content(bytes), name), cancellationToken).ConfigureAwait(false);
    }

    private static string NameOf(Stream stream) => stream is FileStream file ? file.Name : "the stream";

    private static ReadOnlySpan<byte> Content(MemoryStream bytes) => bytes.GetBuffer().AsSpan(0, (int)bytes.Length);

    private static UnreadablePictureException Broken(string name, IOException fault) =>
        new($"{name}: cannot be read to its end: {fault.Message.ReplaceLineEndings(" ")}", fault);
}
