using SkiaSharp;

namespace FaceLoupe.Imaging;

/// <summary>
/// Reads a JPEG that lacks its end marker but no pixel. Whether one is missing shows when other bits follow the file:
/// if the image stays the same, the decoder had no use for any of them.
/// </summary>
internal static class JpegEnd
{
    private const int FillerLength = 512;
    private const int Restarts = 16;
    private const byte Marker = 0xFF;
    private const byte EndOfImage = 0xD9;
    private const byte FirstRestart = 0xD0;

    /// <summary>The pixels; null: something of the image is missing too.</summary>
    /// <param name="file">The file.</param>
    /// <param name="read">Reads a file; null if that is cut short.</param>
    public static SKBitmap? ReadWithout(ReadOnlySpan<byte> file, Func<byte[], SKBitmap?> read)
    {
        if (!JpegStructure.EndsInItsLastScan(file))
        {
            return null;
        }

        file = file.TrimEnd(Marker); // half of the end marker
        var bitmap = read([.. file, Marker, EndOfImage]);
        foreach (var bits in (ReadOnlySpan<byte>)[0x55, 0xAA])
        {
            using var other = read([.. file, .. Filler(bits), Marker, EndOfImage]);
            if (bitmap is null || other is null || !bitmap.GetPixelSpan().SequenceEqual(other.GetPixelSpan()))
            {
                bitmap?.Dispose();
                return null;
            }
        }

        return bitmap;
    }

    // Bits, and restart markers with bits behind each: the file may have been cut just before any of them.
    private static byte[] Filler(byte bits)
    {
        var filler = new List<byte>(Enumerable.Repeat(bits, FillerLength));
        for (var restart = 0; restart < Restarts; restart++)
        {
            filler.AddRange([Marker, (byte)(FirstRestart + (restart % 8)), .. Enumerable.Repeat(bits, FillerLength)]);
        }

        return [.. filler];
    }
}
