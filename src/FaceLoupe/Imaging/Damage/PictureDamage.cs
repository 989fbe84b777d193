namespace FaceLoupe.Imaging.Damage;

/// <summary>
/// Detects damage that decoders ignore: they fill in what is missing and continue. Formats with checksums reveal every
/// changed byte. In JPEG, whatever breaks the code shows: missing or overwritten pieces do, single changed bytes often
/// do not. In WebP only missing pixels show, since nearly any bits decode to something.
/// </summary>
internal static class PictureDamage
{
    /// <summary>The damage, in a few words; null: none is visible.</summary>
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
