namespace FaceLoupe.Imaging.Damage;

/// <summary>
/// Looks for damage that decoders pass over: they fill in what is missing and go on. Formats with checksums tell each
/// changed byte; of JPEG shows whatever breaks its code, which single changed bytes often do not, but pieces that are
/// missing or overwritten do; of the pixels of WebP only what is missing, since nearly any bits decode to something.
/// </summary>
internal static class PictureDamage
{
    /// <summary>What is damaged, in a few words; null: nothing that shows.</summary>
    /// <param name="file">The content of an image file.</param>
    public static string? Of(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
        {
            return JpegDamage.Of(file);
        }

        if (file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']))
        {
            return PngDamage.Of(file);
        }

        return file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8)
            ? WebpDamage.Of(file)
            : null;
    }
}
