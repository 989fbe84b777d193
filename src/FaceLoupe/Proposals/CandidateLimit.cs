using FaceLoupe.Geometry;

namespace FaceLoupe.Proposals;

/// <summary>
/// If hundreds of thousands of anchors pass the threshold, only the best of them are decoded, as Faster R-CNN does
/// before NMS: the rest would be suppressed or cut off anyway.
/// </summary>
/// <param name="minLogit">The threshold.</param>
/// <param name="limit">About how many to keep: never fewer, and also those that score as the last one.</param>
internal sealed class CandidateLimit(float minLogit, int limit)
{
    // A float's upper half: sign, exponent and seven bits, so a bucket is less than a hundredth of a logit's size wide.
    private const int Buckets = 1 << 16;

    private readonly int[] _counts = new int[Buckets];
    private int _count;

    /// <summary>Counts the logits of a map that reach the threshold.</summary>
    public void Add(ReadOnlySpan<float> logits)
    {
        foreach (var logit in logits)
        {
            // Written so that a logit that is not a number fails.
            if (logit >= minLogit)
            {
                _counts[BucketOf(logit)]++;
                _count++;
            }
        }
    }

    /// <summary>The threshold that about <c>limit</c> logits reach; the given one if no more do.</summary>
    public float Threshold()
    {
        if (_count <= limit)
        {
            return minLogit;
        }

        var bucket = 0;
        for (var seen = _counts[0]; seen < limit; seen += _counts[bucket])
        {
            bucket++;
        }

        return MathF.Max(minLogit, ScoreOrder.OfKey(((uint)bucket << 16) | 0xffff));
    }

    private static int BucketOf(float logit) => (int)(ScoreOrder.Key(logit) >> 16);
}
