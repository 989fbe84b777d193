using FaceLoupe.Imaging;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Archives;

/// <summary>An image in a tar file.</summary>
/// <param name="Name">The file's name, which is the tar's path and the image's name within it.</param>
/// <param name="Key">
/// What the files of one sample have in common: the name up to the first dot behind the last '/'.
/// </param>
/// <param name="Bytes">Its content; null: it is too large.</param>
internal sealed record TarPicture(string Name, string Key, byte[]? Bytes)
{
    /// <summary>Most bytes of one image.</summary>
    public const long MostBytes = 1L << 28;

    /// <summary>The image.</summary>
    /// <param name="decoder">Decodes it.</param>
    /// <param name="cancellationToken">Gives up, where the decoder can.</param>
    /// <exception cref="UnreadablePictureException">It is none that can be read.</exception>
    public Picture Decode(IPictureDecoder decoder, CancellationToken cancellationToken) => decoder.Decode(
        Bytes ?? throw new UnreadablePictureException(FormattableString.Invariant(
            $"{Name}: has more than the {MostBytes >> 20} MiB that an image in a tar file may have.")),
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
