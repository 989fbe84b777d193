using System.Collections.Concurrent;
using FaceLoupe.Imaging;

namespace FaceLoupe.Training.Samples.Sources;

/// <summary>
/// Decoded images by path, up to a budget of memory. What came first stays: draws are uniform over all images, so
/// that throwing the oldest out would hit no more often.
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
