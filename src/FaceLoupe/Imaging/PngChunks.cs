using System.Buffers.Binary;
using SkiaSharp;

namespace FaceLoupe.Imaging;

/// <summary>Chunks of a PNG file that Skia ignores, or applies wrongly for our purpose.</summary>
/// <param name="Origin">How the image is stored, by the EXIF data.</param>
/// <param name="IsPlain">
/// Whether the values are to be taken as sRGB as they stand: the file has a gamma that stands for sRGB's, as programs
/// write that know no better. Skia would turn the values from a pure power to sRGB, up to 9 levels away.
/// </param>
internal readonly record struct PngChunks(SKEncodedOrigin Origin, bool IsPlain)
{
    private const int Signature = 8;
    private const int MostExif = 1 << 20;

    // 1 / 2.2 in hundred-thousandths. PNG's own library has a tolerance of a twentieth too.
    private const uint Gamma = 45_455;
    private const uint GammaTolerance = Gamma / 20;

    // White, red, green and blue of sRGB, in hundred-thousandths.
    private static readonly int[] Primaries = [31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000];
    private const int PrimaryTolerance = 500;

    /// <summary>Reads the chunks of a file, from its beginning; data that are no PNG have none.</summary>
    public static PngChunks Read(Stream stream)
    {
        var origin = SKEncodedOrigin.TopLeft;
        bool hasGamma = false, isOther = false;
        Span<byte> head = stackalloc byte[8];
        for (long at = Signature; TryRead(stream, at, head); at += 12L + BinaryPrimitives.ReadUInt32BigEndian(head))
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            var type = head[4..];
            if (type.SequenceEqual("IEND"u8))
            {
                break;
            }

            if (type.SequenceEqual("eXIf"u8) && length <= MostExif)
            {
                origin = ExifOrientation.Of(Content(stream, (int)length));
            }
            else if (type.SequenceEqual("gAMA"u8) && length == 4)
            {
                var gamma = BinaryPrimitives.ReadUInt32BigEndian(Content(stream, 4));
                hasGamma = gamma is >= Gamma - GammaTolerance and <= Gamma + GammaTolerance;
            }
            else if (type.SequenceEqual("cHRM"u8) && length == 4 * Primaries.Length)
            {
                isOther |= !AreOfSrgb(Content(stream, (int)length));
            }
            else
            {
                isOther |= type.SequenceEqual("iCCP"u8) || type.SequenceEqual("cICP"u8) || type.SequenceEqual("sRGB"u8);
            }
        }

        return new PngChunks(origin, hasGamma && !isOther);
    }

    private static bool AreOfSrgb(ReadOnlySpan<byte> content)
    {
        for (var i = 0; i < Primaries.Length; i++)
        {
            if (Math.Abs(
                BinaryPrimitives.ReadInt32BigEndian(content[(4 * i)..]) - (long)Primaries[i]) > PrimaryTolerance)
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryRead(Stream stream, long at, Span<byte> head)
    {
        if (at > stream.Length - head.Length)
        {
            return false;
        }

        stream.Position = at;
        return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length;
    }

    // Zeros stand for what is missing.
    private static byte[] Content(Stream stream, int length)
    {
        var content = new byte[length];
        stream.ReadAtLeast(content, length, throwOnEndOfStream: false);
        return content;
    }
}
