using System.Buffers.Binary;

namespace FaceLoupe.Training.Regions;

/// <summary>The shards of a large set of RoIs: read whole, with the last few in memory.</summary>
internal sealed class RegionShards
{
    // Two windows of RegionOrder: that of the current batch and that of the workers.
    private const int KeptShards = 2 * RegionOrder.WindowShards;

    private readonly string folder;
    private readonly int recordLength;
    private readonly int[] starts;
    private readonly int largest;
    private readonly byte[] native;
    private readonly Dictionary<int, byte[]> kept = [];
    private readonly Queue<int> oldestFirst = new();
    private readonly object gate = new();

    /// <param name="path">The index.</param>
    /// <param name="recordLength">Bytes of an RoI.</param>
    /// <exception cref="FaceLoupeException">The index is cut off, or a shard is missing or cut off.</exception>
    public RegionShards(string path, int recordLength)
    {
        this.recordLength = recordLength;
        var index = File.ReadAllBytes(path);
        int Number(int i) => BinaryPrimitives.ReadInt32LittleEndian(index.AsSpan(sizeof(int) * i));
        var (count, shards) = (Number(3), Number(5));
        var flags = RegionFormat.HeaderLength + (sizeof(int) * (shards + 1));
        if (index.Length != flags + count)
        {
            throw new FaceLoupeException($"{path}: the file is cut off; run faceloupe-train mine again.");
        }

        folder = RegionFormat.ShardFolder(path, Number(RegionFormat.HeaderLength / sizeof(int)));
        native = index[flags..];
        starts = new int[shards + 1];
        for (var i = 0; i < shards; i++)
        {
            starts[i + 1] = starts[i] + Number((RegionFormat.HeaderLength / sizeof(int)) + 1 + i);
            largest = Math.Max(largest, RegionFormat.HeaderLength + ((starts[i + 1] - starts[i]) * recordLength));
            var shard = new FileInfo(RegionFormat.ShardPath(folder, i));
            if (!shard.Exists
                || shard.Length != RegionFormat.HeaderLength + ((long)(starts[i + 1] - starts[i]) * recordLength))
            {
                throw new FaceLoupeException($"{shard}: missing or cut off; run faceloupe-train mine again.");
            }
        }
    }

    /// <summary>Whether an RoI is native.</summary>
    public bool IsNative(int region) => native[region] == 1;

    /// <summary>The record of an RoI.</summary>
    public byte[] Read(int region)
    {
        var found = Array.BinarySearch(starts, region);
        var shard = found >= 0 ? found : ~found - 1;
        while (starts[shard + 1] == starts[shard])
        {
            shard++; // an empty shard starts where the next one does
        }

        var at = RegionFormat.HeaderLength + ((region - starts[shard]) * recordLength);
        lock (gate)
        {
            return Shard(shard)[at..(at + recordLength)];
        }
    }

    // Reuses the buffer of the oldest one: arrays of 30 MB each would pile up.
    private byte[] Shard(int number)
    {
        if (kept.TryGetValue(number, out var known))
        {
            return known;
        }

        byte[]? free = null;
        if (kept.Count == KeptShards)
        {
            kept.Remove(oldestFirst.Dequeue(), out free);
        }

        var length = RegionFormat.HeaderLength + ((starts[number + 1] - starts[number]) * recordLength);
        var bytes = free ?? new byte[largest];
        using (var file = File.OpenRead(RegionFormat.ShardPath(folder, number)))
        {
            file.ReadExactly(bytes, 0, length);
        }

        oldestFirst.Enqueue(number);
        return kept[number] = bytes;
    }
}
