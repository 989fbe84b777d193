using System.Collections.Concurrent;
using FaceLoupe.Imaging;

namespace FaceLoupe.Training.Samples.Sources;

/// <summary>
/// A cache of decoded images by path, up to a memory budget. The first ones stay: draws are uniform, so that eviction
/// would not help.
/// </summary>
internal sealed class PicturePool(long budgetBytes)
{
    private readonly ConcurrentDictionary<string, Picture> decoded = new(StringComparer.Ordinal);
    private long left = budgetBytes;

    public Picture Get(string path)
    {
        if (decoded.TryGetValue(path, out var known))
        {
            return known;
        }

        var picture = PictureFile.Read(path);
        if (Interlocked.Add(ref left, -picture.Pixels.LongLength) < 0 || !decoded.TryAdd(path, picture))
        {
            Interlocked.Add(ref left, picture.Pixels.LongLength);
        }

        return picture;
    }
}
