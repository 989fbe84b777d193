using FaceLoupe.Imaging;
using FaceLoupe.Web.Problems;

namespace FaceLoupe.Web.Uploads;

/// <summary>An image file as it came in: in memory only, and only as long as its request.</summary>
/// <param name="Name">The file's name without folders, or <c>image</c>.</param>
/// <param name="Bytes">Its content.</param>
/// <param name="Fields">The other fields of the form, by name.</param>
internal sealed record Upload(string Name, ReadOnlyMemory<byte> Bytes, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>Refuses files that are no image or too large a one, by their header alone.</summary>
    /// <param name="limits">The limits, and who reads the header.</param>
    /// <param name="cancellation">The caller is gone.</param>
    /// <exception cref="RequestRefusedException">400, 413 or 415.</exception>
    public void CheckHeader(ServeOptions limits, CancellationToken cancellation)
    {
        if (Bytes.IsEmpty)
        {
            throw RequestRefusedException.BadPicture("The request holds no image: the file is empty.");
        }

        PictureSize size;
        try
        {
            size = limits.Decoder.ReadSize(Bytes, Name, cancellation);
        }
        catch (UnreadablePictureException fault)
        {
            throw RequestRefusedException.NotAPicture(fault.Message);
        }

        if (Math.Max(size.Width, size.Height) > PictureFile.MaxSide)
        {
            throw RequestRefusedException.TooLarge(FormattableString.Invariant(
                $"{Name}: {size.Width}x{size.Height} pixels are more than the {PictureFile.MaxSide} of a side."));
        }

        if ((long)size.Width * size.Height > limits.MaxPixels)
        {
            throw RequestRefusedException.TooLarge(FormattableString.Invariant(
                $"{Name}: {size.Width}x{size.Height} pixels are more than the {limits.MaxPixels} this server takes."));
        }
    }

    /// <summary>Refuses unknown fields: a misspelt or misplaced one would be ignored silently.</summary>
    /// <param name="known">The fields that are read.</param>
    /// <exception cref="RequestRefusedException">There is another one: 400.</exception>
    public void RefuseFieldsBut(params string[] known)
    {
        if (Fields.Keys.FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal)) is { } other)
        {
            var choice = known.Length == 0
                ? "the form takes the file alone, parameters belong into the address"
                : $"known is {string.Join(", ", known)}";
            throw RequestRefusedException.BadParameter($"There is no field '{other}'; {choice}.");
        }
    }

    /// <summary>Decodes the image.</summary>
    /// <exception cref="UnreadablePictureException">It is damaged or cut short.</exception>
    public Picture Decode(IPictureDecoder decoder, CancellationToken cancellation) =>
        decoder.Decode(Bytes, Name, cancellation);

    /// <summary>Refuses an image whose file shows damage.</summary>
    /// <param name="picture">What was decoded.</param>
    /// <param name="strict">Whether to refuse.</param>
    /// <exception cref="RequestRefusedException">400.</exception>
    public void RefuseDamage(Picture picture, bool strict)
    {
        if (strict && picture.Damage is { } damage)
        {
            throw RequestRefusedException.BadPicture(
                $"{Name}: the file is damaged: {damage}; send a whole copy, or strict=false to take it as it is.");
        }
    }
}
