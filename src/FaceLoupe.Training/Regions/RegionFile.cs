using System.Buffers.Binary;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using Microsoft.Win32.SafeHandles;

namespace FaceLoupe.Training.Regions;

/// <summary>
/// Format of a file of mined regions: a header of 32 bytes, then records of one length, little-endian.
/// </summary>
internal static class RegionFormat
{
    public const uint Magic = 0x31474C46; // "FLG1"
    public const int HeaderLength = 32;
    public const int FieldsLength = 32;

    public static int RecordLength(int low, int high) => FieldsLength + (3 * low * low) + (3 * high * high);
}

/// <summary>Writes mined regions; the file carries its name only once it is whole.</summary>
internal sealed class RegionFileWriter : IDisposable
{
    private readonly string path;
    private readonly string temporary;
    private readonly int low;
    private readonly int high;
    private FileStream? stream;

    public RegionFileWriter(string path, int low, int high)
    {
        (this.path, this.low, this.high) = (path, low, high);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        temporary = path + ".unfinished";
        stream = File.Create(temporary, 1 << 20);
        stream.Write(new byte[RegionFormat.HeaderLength]);
    }

    public int Count { get; private set; }

    public int Faces { get; private set; }

    public void Add(RegionSample sample)
    {
        Span<byte> fields = stackalloc byte[RegionFormat.FieldsLength];
        fields.Clear();
        fields[0] = sample.IsFace ? (byte)1 : (byte)0;
        fields[1] = sample.IsNative ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteSingleLittleEndian(fields[4..], sample.Logit);
        BinaryPrimitives.WriteSingleLittleEndian(fields[8..], sample.IoU);
        BinaryPrimitives.WriteSingleLittleEndian(fields[12..], sample.Side);
        BinaryPrimitives.WriteSingleLittleEndian(fields[16..], sample.Delta.Tx);
        BinaryPrimitives.WriteSingleLittleEndian(fields[20..], sample.Delta.Ty);
        BinaryPrimitives.WriteSingleLittleEndian(fields[24..], sample.Delta.Tw);
        BinaryPrimitives.WriteSingleLittleEndian(fields[28..], sample.Delta.Th);
        stream!.Write(fields);
        stream.Write(sample.Low.Pixels);
        stream.Write(sample.High.Pixels);
        Count++;
        Faces += sample.IsFace ? 1 : 0;
    }

    /// <summary>Writes the header and gives the file its name.</summary>
    public void Finish()
    {
        Span<byte> header = stackalloc byte[RegionFormat.HeaderLength];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, RegionFormat.Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], low);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], high);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], Count);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], Faces);
        stream!.Position = 0;
        stream.Write(header);
        stream.Dispose();
        stream = null;
        File.Move(temporary, path, overwrite: true);
    }

    public void Dispose()
    {
        if (stream is not null)
        {
            stream.Dispose();
            File.Delete(temporary);
        }
    }
}

/// <summary>Reads mined regions in any order, from many threads.</summary>
internal sealed class RegionFile : IDisposable
{
    private readonly SafeFileHandle handle;

    /// <exception cref="FaceLoupeException">No such file, or not a file of regions.</exception>
    public RegionFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new FaceLoupeException(
                $"{path}: no mined regions; run faceloupe-train mine with the same --run first.");
        }

        handle = File.OpenHandle(path);
        var header = new byte[RegionFormat.HeaderLength];
        if (RandomAccess.Read(handle, header, 0) < header.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(header) != RegionFormat.Magic)
        {
            handle.Dispose();
            throw new FaceLoupeException($"{path}: not a file of mined regions; run faceloupe-train mine again.");
        }

        Low = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4));
        High = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8));
        Count = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12));
        Faces = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(16));
        if (RandomAccess.GetLength(handle) != RegionFormat.HeaderLength + ((long)Count * RegionFormat.RecordLength(Low, High)))
        {
            handle.Dispose();
            throw new FaceLoupeException($"{path}: the file is cut off; run faceloupe-train mine again.");
        }

        if (Count == 0)
        {
            handle.Dispose();
            throw new FaceLoupeException($"{path}: no region was found; train the proposals longer or mine more.");
        }

        var kinds = Enumerable.Range(0, Count).ToLookup(IsNative);
        (Blurred, Native) = ([.. kinds[false]], [.. kinds[true]]);
    }

    /// <summary>Side of a low-resolution region, px.</summary>
    public int Low { get; }

    /// <summary>Side of a high-resolution region, px.</summary>
    public int High { get; }

    /// <summary>Number of regions.</summary>
    public int Count { get; }

    /// <summary>Number of faces among them.</summary>
    public int Faces { get; }

    /// <summary>Numbers of the regions that go through G.</summary>
    public IReadOnlyList<int> Blurred { get; }

    /// <summary>Numbers of the regions that D sees as the camera took them.</summary>
    public IReadOnlyList<int> Native { get; }

    public RegionSample Read(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var length = RegionFormat.RecordLength(Low, High);
        var record = new byte[length];
        if (RandomAccess.Read(handle, record, RegionFormat.HeaderLength + ((long)index * length)) != length)
        {
            throw new IOException($"Region {index} cannot be read.");
        }

        var pixels = record.AsSpan(RegionFormat.FieldsLength);
        var lowLength = 3 * Low * Low;
        return new RegionSample(
            new Picture(Low, Low, pixels[..lowLength].ToArray()),
            new Picture(High, High, pixels[lowLength..].ToArray()),
            record[0] == 1,
            ReadSingle(record, 4),
            ReadSingle(record, 8),
            ReadSingle(record, 12),
            new BoxDelta(ReadSingle(record, 16), ReadSingle(record, 20), ReadSingle(record, 24), ReadSingle(record, 28)),
            record[1] == 1);
    }

    public void Dispose() => handle.Dispose();

    private bool IsNative(int index)
    {
        Span<byte> fields = stackalloc byte[2];
        RandomAccess.Read(
            handle, fields, RegionFormat.HeaderLength + ((long)index * RegionFormat.RecordLength(Low, High)));
        return fields[1] == 1;
    }

    private static float ReadSingle(byte[] record, int offset) =>
        BinaryPrimitives.ReadSingleLittleEndian(record.AsSpan(offset));
}
