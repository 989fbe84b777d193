using System.Buffers.Binary;
using FaceLoupe.Geometry;

namespace FaceLoupe.Training.Regions;

/// <summary>
/// Format of a file of mined regions: a header of 32 bytes, then records of one length, little-endian. Where there are
/// more than a shard holds, the file is an index: the header, the number of regions of each shard (32 bits), and a byte
/// for every region that is 1 for a native one; the shards lie in a folder beside it, each a file of regions. Where the
/// header says so, the fields of a region are followed by ten numbers, its landmarks.
/// </summary>
internal static class RegionFormat
{
    public const uint Magic = 0x31474C46; // "FLG1"
    public const uint IndexMagic = 0x32474C46; // "FLG2"
    public const int HeaderLength = 32;
    public const int FieldsLength = 32;

    /// <summary>Regions of a shard, after which it is closed with the canvas under way.</summary>
    public const int ShardRegions = 4096;

    /// <summary>Numbers of the landmarks of a region.</summary>
    public const int LandmarkNumbers = 2 * FaceLandmarks.Count;

    private const int LandmarksAt = 24;

    /// <summary>Bytes of a region.</summary>
    public static int RecordLength(int low, int high, bool landmarks = false) =>
        PixelsAt(landmarks) + (3 * low * low) + (3 * high * high);

    /// <summary>Where the pixels of a region begin.</summary>
    public static int PixelsAt(bool landmarks) => FieldsLength + (landmarks ? sizeof(float) * LandmarkNumbers : 0);

    /// <summary>Whether the regions behind a header have landmarks.</summary>
    public static bool HasLandmarks(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadInt32LittleEndian(header[LandmarksAt..]) == FaceLandmarks.Count;

    /// <summary>The header of a file, an index or a shard.</summary>
    public static byte[] Header(
        uint magic, int low, int high, int count, int faces, int last, bool landmarks = false)
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
