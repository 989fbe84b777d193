using System.Buffers.Binary;
using SkiaSharp;

namespace FaceLoupe.Imaging;

/// <summary>The orientation in EXIF data.</summary>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112;
    private const ushort Short = 3;
    private const int EntryLength = 12;

    /// <summary>How an image is stored; top left if the data have no valid orientation.</summary>
    /// <param name="exif">The data, which begin like a TIFF file.</param>
    public static SKEncodedOrigin Of(ReadOnlySpan<byte> exif)
    {
        // Some programs keep the marker that only JPEG has.
        exif = exif.StartsWith("Exif\0\0"u8) ? exif[6..] : exif;
        var little = exif.StartsWith("II*\0"u8);
        if ((!little && !exif.StartsWith("MM\0*"u8)) || exif.Length < 8)
        {
            return SKEncodedOrigin.TopLeft;
        }

        var at = little
            ? BinaryPrimitives.ReadUInt32LittleEndian(exif[4..]) : BinaryPrimitives.ReadUInt32BigEndian(exif[4..]);
        if (at > exif.Length - 2)
        {
            return SKEncodedOrigin.TopLeft;
        }

        var rest = exif[((int)at + 2)..];
        for (var left = Number(exif[(int)at..]); left > 0 && rest.Length >= EntryLength; left--)
        {
            if (Number(rest) == Tag && Number(rest[2..]) == Short)
            {
                return Number(rest[8..]) is >= 1 and <= 8 and var value
                    ? (SKEncodedOrigin)value : SKEncodedOrigin.TopLeft;
            }

            rest = rest[EntryLength..];
        }

        return SKEncodedOrigin.TopLeft;

        ushort Number(ReadOnlySpan<byte> bytes) =>
            little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }
}
