using System.Buffers.Binary;

namespace FaceLoupe.Codecs;

/// <summary>Reads the first directory of a TIFF file.</summary>
internal static class TiffHeader
{
    private const int EntryLength = 12;
    private const ushort SubfileType = 254;
    private const ushort Photometric = 262;
    private const ushort Long = 4;
    private const ushort DngVersion = 50706;
    private const uint ReducedSize = 1;
    private const uint FilterArray = 32803;
    private const uint LinearRaw = 34892;

    /// <summary>
    /// Whether a TIFF file is a camera's raw file: its first image is a thumbnail or sensor values, or a tag declares
    /// it.
    /// </summary>
    public static bool IsCameraRaw(ReadOnlySpan<byte> file)
    {
        var little = file.StartsWith("II*\0"u8);
        if ((!little && !file.StartsWith("MM\0*"u8)) || file.Length < 10)
        {
            return false;
        }

        var at = Whole(file[4..]);
        if (at > file.Length - 2)
        {
            return false;
        }

        var rest = file[((int)at + 2)..];
        for (var left = Number(file[(int)at..]); left > 0 && rest.Length >= EntryLength; left--)
        {
            var value = Number(rest[2..]) == Long ? Whole(rest[8..]) : Number(rest[8..]);
            if (Number(rest) switch
                {
                    SubfileType => (value & ReducedSize) != 0,
                    Photometric => value is FilterArray or LinearRaw,
                    DngVersion => true,
                    _ => false,
                })
            {
                return true;
            }

            rest = rest[EntryLength..];
        }

        return false;

        ushort Number(ReadOnlySpan<byte> bytes) =>
            little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

        uint Whole(ReadOnlySpan<byte> bytes) =>
            little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}
