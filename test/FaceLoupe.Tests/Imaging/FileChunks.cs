using System.Buffers.Binary;
using System.Text;

namespace FaceLoupe.Tests.Imaging;

/// <summary>Puts chunks into PNG and WebP files, as cameras and editors do.</summary>
internal static class FileChunks
{
    private const int AfterPngHeader = 8 + 25;

    /// <summary>EXIF data with an orientation, without the marker that only JPEG has.</summary>
    public static byte[] Exif(ushort orientation)
    {
        byte[] exif = [.. "MM\0*\0\0\0\b\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001"u8, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(exif.AsSpan(18), orientation);
        return exif;
    }

    /// <summary>A PNG file with one more chunk behind its header, or before its end.</summary>
    public static byte[] WithPngChunk(byte[] png, string type, byte[] content, bool atEnd = false)
    {
        var at = atEnd ? png.Length - 12 : AfterPngHeader;
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
        return [.. png[..at], .. BigEndian(content.Length), .. named, .. BigEndian((int)Crc(named)), .. png[at..]];
    }

    /// <summary>A WebP file in the extended layout with EXIF data.</summary>
    public static byte[] WithWebpExif(byte[] webp, int width, int height, byte[] exif)
    {
        const byte HasExif = 8;
        byte[] extended = webp.AsSpan(12, 4).SequenceEqual("VP8X"u8)
            ? [(byte)(webp[20] | HasExif), .. webp[21..30]]
            : [HasExif, 0, 0, 0, .. LittleEndian(width - 1)[..3], .. LittleEndian(height - 1)[..3]];
        var rest = webp.AsSpan(12, 4).SequenceEqual("VP8X"u8) ? webp[30..] : webp[12..];
        byte[] content = [.. "WEBP"u8, .. Chunk("VP8X"u8, extended), .. rest, .. Chunk("EXIF"u8, exif)];
        return [.. "RIFF"u8, .. LittleEndian(content.Length), .. content];

        static byte[] Chunk(ReadOnlySpan<byte> type, byte[] content) =>
            [.. type, .. LittleEndian(content.Length), .. content, .. new byte[content.Length % 2]];
    }

    public static byte[] BigEndian(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] LittleEndian(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
