using System.Buffers.Binary;

namespace FaceLoupe.Imaging.Damage;

/// <summary>Compares the sizes that a WebP file states with its data; it has no checksums.</summary>
internal static class WebpDamage
{
    private const int Header = 12;
    private const int ChunkHeader = 8;
    private const int FrameHeader = 10;

    /// <summary>The damage; null: none is visible.</summary>
    public static string? Of(ReadOnlySpan<byte> file)
    {
        var end = BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L;
        if (end > file.Length)
        {
            return "its end is missing";
        }

        var pixels = false;
        for (long at = Header; at + ChunkHeader <= end;)
        {
            var name = file.Slice((int)at, 4);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(int)(at + 4)..]);
            if (at + ChunkHeader + length > end)
            {
                return "a chunk is longer than the file";
            }

            if (name.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            {
                return "something else stands where a chunk begins";
            }

            var content = file.Slice((int)at + ChunkHeader, (int)length);
            if (name.SequenceEqual("VP8 "u8) && HasShortPartition(content))
            {
                return "a part of its pixels is missing";
            }

            pixels |= name.StartsWith("VP8"u8) && name[3] != (byte)'X' || name.SequenceEqual("ANMF"u8);
            at += ChunkHeader + length + (length & 1);
        }

        return pixels ? null : "it holds no pixels";
    }

    // The first partition has its length in the frame's header.
    private static bool HasShortPartition(ReadOnlySpan<byte> frame) =>
        frame.Length < FrameHeader
        || FrameHeader + ((frame[0] | (frame[1] << 8) | (frame[2] << 16)) >> 5) > frame.Length;
}
