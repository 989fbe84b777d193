using FaceLoupe.Imaging;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Archives;

/// <summary>An image in a tar file.</summary>
/// <param name="Name">The path of the tar file and the image's name within it.</param>
/// <param name="Key">
/// The name that the files of one sample have in common: up to the first dot after the last '/'.
/// </param>
/// <param name="Bytes">Its content; null: it is too large, or a link.</param>
internal sealed record TarPicture(string Name, string Key, byte[]? Bytes)
{
    /// <summary>Maximum size of an image, in bytes.</summary>
    public const long MostBytes = 1L << 28;

    /// <summary>Whether it is a link to another file. Default false.</summary>
    public bool IsLink { get; init; }

    /// <summary>The image.</summary>
    /// <param name="decoder">Decodes it.</param>
    /// <param name="cancellationToken">Cancels decoding, if the decoder can.</param>
    /// <exception cref="UnreadablePictureException">The image cannot be read.</exception>
    public Picture Decode(IPictureDecoder decoder, CancellationToken cancellationToken) => decoder.Decode(
        Bytes ?? throw new UnreadablePictureException(IsLink
            ? $"{Name}: is a link to another file, which is not followed; pack with tar --dereference "
                + "--hard-dereference."
            : FormattableString.Invariant(
                $"{Name}: is larger than {MostBytes >> 20} MiB, the maximum for an image in a tar file.")),
        Name,
        cancellationToken);

    /// <summary>The key of a name within a tar file.</summary>
    public static string KeyOf(string name)
    {
        var file = RelativeName.FileOf(name);
        var dot = file.IndexOf('.', 1);
        return dot < 0 ? name : name[..(name.Length - file.Length + dot)];
    }
}
