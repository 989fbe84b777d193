using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FaceLoupe.Geometry;
using FaceLoupe.Storage;

namespace FaceLoupe.Training.Regions;

/// <summary>
/// Writes mined RoIs; the file gets its name when it is complete. Large sets are written in shards, so that interrupted
/// mining continues after the last complete one.
/// </summary>
internal sealed class RegionFileWriter : IDisposable
{
    private readonly string path;
    private readonly string temporary;
    private readonly string shards;
    private readonly bool resumes;
    private readonly int shardRegions;
    private readonly int identity;
    private readonly int low;
    private readonly int high;
    private readonly bool landmarks;
    private readonly List<int> counts = [];
    private readonly List<byte> native = [];
    private FileStream? stream;
    private int countBefore;
    private int facesBefore;

    /// <param name="path">The file.</param>
    /// <param name="low">Side of a low-resolution RoI, px.</param>
    /// <param name="high">Side of a high-resolution RoI, px.</param>
    /// <param name="origin">Identity of all that RoIs depend on: equal shards are continued; null: none.</param>
    /// <param name="shardRegions">Number of RoIs from which a shard is closed.</param>
    /// <param name="landmarks">Whether records have landmarks.</param>
    public RegionFileWriter(
        string path, int low, int high, string? origin = null, int shardRegions = RegionFormat.ShardRegions,
        bool landmarks = false)
    {
        this.landmarks = landmarks;
        (this.path, this.low, this.high, this.shardRegions) = (path, low, high, shardRegions);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        temporary = path + ".unfinished";
        identity = BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(origin ?? "")));
        shards = RegionFormat.ShardFolder(path, identity);
        resumes = origin is not null;
        if (resumes)
        {
            ReadShards();
        }

        Open();
    }

    public int Count => native.Count;

    public int Faces { get; private set; }

    /// <summary>The next canvas; 0 if nothing was mined yet.</summary>
    public int NextCanvas { get; private set; }

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
        fields[2] = landmarks && sample.Landmarks is not null ? (byte)1 : (byte)0;
        fields[3] = RegionFormat.ChanceByte(sample.Chance);
        stream!.Write(fields);
        if (landmarks)
        {
            WriteLandmarks(sample.Landmarks);
        }

        stream.Write(sample.Low.Pixels);
        stream.Write(sample.High.Pixels);
        native.Add(fields[1]);
        Faces += sample.IsFace ? 1 : 0;
    }

    /// <summary>Ends a canvas, and closes the shard if it is full.</summary>
    public void EndCanvas()
    {
        NextCanvas++;
        if (Count - countBefore >= shardRegions)
        {
            CloseShard();
            Open();
        }
    }

    /// <summary>Writes the rest and gives the file its name.</summary>
    public void Finish()
    {
        if (counts.Count == 0)
        {
            Close(path);
        }
        else
        {
            if (Count > countBefore)
            {
                CloseShard();
            }

            stream?.Dispose();
            stream = null;
            File.Delete(temporary);
            AtomicFile.Write(path, WriteIndex);
        }

        foreach (var old in Directory.GetDirectories(
            Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(path) + ".shards-*"))
        {
            if (counts.Count == 0 || Path.GetFileName(old) != Path.GetFileName(shards))
            {
                Directory.Delete(old, recursive: true);
            }
        }
    }

    public void Dispose()
    {
        if (stream is null)
        {
            return;
        }

        stream.Dispose();
        File.Delete(temporary);
        if (!resumes && counts.Count > 0)
        {
            Directory.Delete(shards, recursive: true);
        }
    }

    private void WriteLandmarks(FaceLandmarks? points)
    {
        Span<byte> numbers = stackalloc byte[sizeof(float) * RegionFormat.LandmarkNumbers];
        numbers.Clear();
        for (var i = 0; points is not null && i < FaceLandmarks.Count; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(numbers[(8 * i)..], points.Points[i].X);
            BinaryPrimitives.WriteSingleLittleEndian(numbers[((8 * i) + 4)..], points.Points[i].Y);
        }

        stream!.Write(numbers);
    }

    private void Open()
    {
        (countBefore, facesBefore) = (Count, Faces);
        stream = File.Create(temporary, 1 << 20);
        stream.Write(new byte[RegionFormat.HeaderLength]);
    }

    private void CloseShard()
    {
        Directory.CreateDirectory(shards);
        var count = Count - countBefore;
        Close(RegionFormat.ShardPath(shards, counts.Count));
        counts.Add(count);
    }

    private void Close(string name)
    {
        stream!.Position = 0;
        stream.Write(RegionFormat.Header(
            RegionFormat.Magic, low, high, Count - countBefore, Faces - facesBefore, NextCanvas, landmarks));
        stream.Dispose();
        stream = null;
        File.Move(temporary, name, overwrite: true);
    }

    private void WriteIndex(Stream index)
    {
        index.Write(RegionFormat.Header(RegionFormat.IndexMagic, low, high, Count, Faces, counts.Count, landmarks));
        Span<byte> number = stackalloc byte[sizeof(int)];
        foreach (var count in counts.Prepend(identity))
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, count);
            index.Write(number);
        }

        index.Write(native.ToArray());
    }

    // Reads the complete shards of an interrupted call.
    private void ReadShards()
    {
        var record = RegionFormat.RecordLength(low, high, landmarks);
        for (var name = Next(); File.Exists(name); name = Next())
        {
            var bytes = File.ReadAllBytes(name);
            var header = bytes.AsSpan(0, Math.Min(bytes.Length, RegionFormat.HeaderLength));
            var count = (bytes.Length - RegionFormat.HeaderLength) / record;
            if (count < 0 || !header[..16].SequenceEqual(
                RegionFormat.Header(RegionFormat.Magic, low, high, count, 0, 0).AsSpan(0, 16)))
            {
                return;
            }

            counts.Add(count);
            for (var i = 0; i < count; i++)
            {
                native.Add(bytes[RegionFormat.HeaderLength + (i * record) + 1]);
            }

            Faces += BinaryPrimitives.ReadInt32LittleEndian(header[16..]);
            NextCanvas = BinaryPrimitives.ReadInt32LittleEndian(header[20..]);
        }

        string Next() => RegionFormat.ShardPath(shards, counts.Count);
    }
}
