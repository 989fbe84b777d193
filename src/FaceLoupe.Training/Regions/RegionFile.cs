using System.Buffers.Binary;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using Microsoft.Win32.SafeHandles;

namespace FaceLoupe.Training.Regions;

/// <summary>Reads mined RoIs in any order. Thread-safe.</summary>
internal sealed class RegionFile : IDisposable
{
    private readonly SafeFileHandle handle;
    private readonly RegionShards? shards;

    /// <exception cref="FaceLoupeException">No such file, or not a file of RoIs.</exception>
    public RegionFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new FaceLoupeException(
                $"{path}: no mined RoIs; run faceloupe-train mine with the same --run first.");
        }

        handle = File.OpenHandle(path);
        var header = new byte[RegionFormat.HeaderLength];
        if (RandomAccess.Read(handle, header, 0) < header.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(header) is not (RegionFormat.Magic or RegionFormat.IndexMagic))
        {
            handle.Dispose();
            throw new FaceLoupeException($"{path}: not a file of mined RoIs; run faceloupe-train mine again.");
        }

        Low = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4));
        High = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8));
        Count = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12));
        Faces = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(16));
        HasLandmarks = RegionFormat.HasLandmarks(header);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) == RegionFormat.IndexMagic)
        {
            handle.Dispose();
            shards = new RegionShards(path, RecordLength);
            var sorted = Enumerable.Range(0, Count).ToLookup(shards.IsNative);
            (Blurred, Native) = ([.. sorted[false]], [.. sorted[true]]);
            return;
        }

        if (RandomAccess.GetLength(handle) != RegionFormat.HeaderLength + ((long)Count * RecordLength))
        {
            handle.Dispose();
            throw new FaceLoupeException($"{path}: the file is cut off; run faceloupe-train mine again.");
        }

        if (Count == 0)
        {
            handle.Dispose();
            throw new FaceLoupeException($"{path}: no RoI was found; train the proposals longer or mine more.");
        }

        var kinds = Enumerable.Range(0, Count).ToLookup(IsNative);
        (Blurred, Native) = ([.. kinds[false]], [.. kinds[true]]);
    }

    /// <summary>Whether training must read whole shards, each RoI once per epoch (<see cref="RegionOrder"/>).</summary>
    public bool IsSharded => shards is not null;

    /// <summary>Side of a low-resolution RoI, px.</summary>
    public int Low { get; }

    /// <summary>Side of a high-resolution RoI, px.</summary>
    public int High { get; }

    /// <summary>Number of RoIs.</summary>
    public int Count { get; }

    /// <summary>Number of faces among them.</summary>
    public int Faces { get; }

    /// <summary>Whether they were mined with landmarks; an RoI may still have none.</summary>
    public bool HasLandmarks { get; }

    /// <summary>Indices of the RoIs for G.</summary>
    public IReadOnlyList<int> Blurred { get; }

    /// <summary>Indices of the native RoIs, which skip G.</summary>
    public IReadOnlyList<int> Native { get; }

    private int RecordLength => RegionFormat.RecordLength(Low, High, HasLandmarks);

    public RegionSample Read(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var length = RecordLength;
        var record = shards?.Read(index) ?? new byte[length];
        if (shards is null
            && RandomAccess.Read(handle, record, RegionFormat.HeaderLength + ((long)index * length)) != length)
        {
            throw new IOException($"Region {index} cannot be read.");
        }

        var pixels = record.AsSpan(RegionFormat.PixelsAt(HasLandmarks));
        var lowLength = 3 * Low * Low;
        return new RegionSample(
            new Picture(Low, Low, pixels[..lowLength].ToArray()),
            new Picture(High, High, pixels[lowLength..].ToArray()),
            record[0] == 1,
            ReadSingle(record, 4),
            ReadSingle(record, 8),
            ReadSingle(record, 12),
            new BoxDelta(ReadSingle(record, 16), ReadSingle(record, 20), ReadSingle(record, 24),
                ReadSingle(record, 28)),
            record[1] == 1)
        {
            Chance = RegionFormat.ChanceOf(record[3], record[0] == 1),
            Landmarks = HasLandmarks && record[2] == 1 ? ReadLandmarks(record) : null,
        };
    }

    public void Dispose() => handle.Dispose(); // shards are not held open

    private bool IsNative(int index)
    {
        Span<byte> fields = stackalloc byte[2];
        RandomAccess.Read(handle, fields, RegionFormat.HeaderLength + ((long)index * RecordLength));
        return fields[1] == 1;
    }

    private static FaceLandmarks ReadLandmarks(byte[] record) => FaceLandmarks.Of(
        [.. Enumerable.Range(0, RegionFormat.LandmarkNumbers).Select(
            number => ReadSingle(record, RegionFormat.FieldsLength + (sizeof(float) * number)))]);

    private static float ReadSingle(byte[] record, int offset) =>
        BinaryPrimitives.ReadSingleLittleEndian(record.AsSpan(offset));
}
