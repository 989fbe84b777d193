using System.Buffers.Binary;

namespace FaceLoupe.Imaging.Damage;

/// <summary>Checks the checksums of a PNG's chunks, and that its last one is there.</summary>
internal static class PngDamage
{
    private const int Signature = 8;
    private const int Around = 12; // length, name and checksum
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Table = MakeTable();

    /// <summary>What is damaged; null: nothing.</summary>
    public static string? Of(ReadOnlySpan<byte> file)
    {
        for (var at = Signature; at + Around <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - Around)
            {
                return "a chunk is longer than the file";
            }

            var content = file.Slice(at + 4, (int)length + 4);
            if (Crc(content) != BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8 + (int)length)..]))
            {
                return "a checksum does not match";
            }

            if (content.StartsWith("IEND"u8))
            {
                return null;
            }

            at += Around + (int)length;
        }

        return "its end is missing";
    }

    /// <summary>PNG's checksum.</summary>
    internal static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc = Table[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Polynomial;
            }

            table[i] = value;
        }

        return table;
    }
}
