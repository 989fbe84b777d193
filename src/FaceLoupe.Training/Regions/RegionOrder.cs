using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Regions;

/// <summary>
/// The order of a large set in training: each RoI once per epoch; shards in random order, and RoIs shuffled within a
/// window of a few shards, which are kept in memory.
/// </summary>
internal static class RegionOrder
{
    /// <summary>Shards of a window.</summary>
    public const int WindowShards = 8;

    // Orders of the last few epochs: workers may be in the next one, and there are two kinds of RoIs.
    private const int KeptOrders = 4;
    private static readonly List<((int Count, ulong Seed, long Epoch) Key, int[] Order)> Kept = [];

    /// <summary>The RoI at a position of the training: a function of count, seed and position alone.</summary>
    public static int At(int count, ulong seed, long place)
    {
        var key = (count, seed, place / count);
        lock (Kept)
        {
            var known = Kept.FindIndex(kept => kept.Key == key);
            if (known < 0)
            {
                Kept.Add((key, Epoch(count, seed, key.Item3)));
                known = Kept.Count - 1;
                if (Kept.Count > KeptOrders)
                {
                    Kept.RemoveAt(0);
                    known--;
                }
            }

            return Kept[known].Order[place % count];
        }
    }

    /// <summary>The order of an epoch.</summary>
    internal static int[] Epoch(int count, ulong seed, long epoch, int shard = RegionFormat.ShardRegions)
    {
        var random = new SampleRandom(seed, epoch);
        int[] shards = [.. Enumerable.Range(0, (count + shard - 1) / shard)];
        Shuffle(shards, random);
        int[] order = [.. shards.SelectMany(
            number => Enumerable.Range(number * shard, Math.Min(shard, count - (number * shard))))];
        for (var start = 0; start < count; start += WindowShards * shard)
        {
            Shuffle(order.AsSpan(start, Math.Min(WindowShards * shard, count - start)), random);
        }

        return order;
    }

    private static void Shuffle(Span<int> numbers, SampleRandom random)
    {
        for (var i = numbers.Length - 1; i > 0; i--)
        {
            var other = random.NextInt(i + 1);
            (numbers[i], numbers[other]) = (numbers[other], numbers[i]);
        }
    }
}
