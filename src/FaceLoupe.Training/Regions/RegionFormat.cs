using System.Buffers.Binary;
using FaceLoupe.Geometry;

namespace FaceLoupe.Training.Regions;

/// <summary>
/// Format of a file of mined RoIs: a header of 32 bytes, then records of equal length, little-endian. If there are more
/// than one shard holds, the file is an index: the header, the identity and the number of RoIs of each shard (32 bits
/// each), and a byte per RoI that is 1 for a native one; the shards are files of RoIs in a folder beside it. If the
/// header has landmarks, ten numbers follow the fields of an RoI.
/// </summary>
internal static class RegionFormat
{
    public const uint Magic = 0x31474C46; // "FLG1"
    public const uint IndexMagic = 0x32474C46; // "FLG2"
    public const int HeaderLength = 32;
    public const int FieldsLength = 32;

    /// <summary>RoIs of a shard, after which it is closed with the current canvas.</summary>
    public const int ShardRegions = 4096;

    /// <summary>Numbers of the landmarks of an RoI.</summary>
    public const int LandmarkNumbers = 2 * FaceLandmarks.Count;

    private const int LandmarksAt = 24;

    /// <summary>Bytes of an RoI.</summary>
    public static int RecordLength(int low, int high, bool landmarks = false) =>
        PixelsAt(landmarks) + (3 * low * low) + (3 * high * high);

    /// <summary>Offset of the pixels of an RoI.</summary>
    public static int PixelsAt(bool landmarks) => FieldsLength + (landmarks ? sizeof(float) * LandmarkNumbers : 0);

    /// <summary>The fourth byte of an RoI: 1 to 255 for a probability; 0, of older files: its label is all.</summary>
    public static byte ChanceByte(float chance) => (byte)(1 + MathF.Round(254 * chance));

    /// <summary>The probability in the fourth byte of an RoI.</summary>
    public static float ChanceOf(byte value, bool isFace) => value > 0 ? (value - 1) / 254f : isFace ? 1 : 0;

    /// <summary>Whether the RoIs of a file have landmarks.</summary>
    public static bool HasLandmarks(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadInt32LittleEndian(header[LandmarksAt..]) == FaceLandmarks.Count;

    /// <summary>The header of a file, an index or a shard.</summary>
    public static byte[] Header(uint magic, int low, int high, int count, int faces, int last, bool landmarks = false)
    {
        var header = new byte[HeaderLength];
        BinaryPrimitives.WriteUInt32LittleEndian(header, magic);
        int[] numbers = [low, high, count, faces, last];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(sizeof(int) * (i + 1)), numbers[i]);
        }

        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(LandmarksAt), landmarks ? FaceLandmarks.Count : 0);
        return header;
    }

    /// <summary>The name of a shard's file.</summary>
    public static string ShardPath(string folder, int number) =>
        Path.Combine(folder, number.ToString("D5", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The folder of shards beside an index.</summary>
    public static string ShardFolder(string path, int identity) =>
        path + ".shards-" + identity.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
}
