namespace FaceLoupe.Geometry;

/// <summary>Greedy non-maximum suppression.</summary>
public static class NonMaxSuppression
{
    /// <summary>
    /// Keeps boxes in descending score order (ties by index), dropping each that overlaps a kept one by more than
    /// <paramref name="iouThreshold"/>.
    /// </summary>
    /// <param name="boxes">Candidate boxes.</param>
    /// <param name="scores">One score a box.</param>
    /// <param name="iouThreshold">IoU above which the weaker box goes, from 0 to 1.</param>
    /// <param name="maxKept">Stop after so many boxes.</param>
    /// <returns>Indices of the kept boxes, best first.</returns>
    /// <exception cref="ArgumentException">The two spans differ in length.</exception>
    public static int[] Keep(
        ReadOnlySpan<Box> boxes, ReadOnlySpan<float> scores, float iouThreshold, int maxKept = int.MaxValue)
    {
        if (boxes.Length != scores.Length)
        {
            throw new ArgumentException($"{boxes.Length} boxes but {scores.Length} scores.", nameof(scores));
        }

        // Each box against those kept so far, not each kept box against all that follow: with a limit, the many weak boxes
        // at the end are never looked at.
        var kept = new List<int>();
        var keptBoxes = new List<Box>();
        foreach (var index in DescendingOrder(scores))
        {
            if (kept.Count >= maxKept)
            {
                break;
            }

            if (!IsSuppressed(boxes[index], keptBoxes, iouThreshold))
            {
                kept.Add(index);
                keptBoxes.Add(boxes[index]);
            }
        }

        return [.. kept];
    }

    private static bool IsSuppressed(in Box box, List<Box> kept, float iouThreshold)
    {
        foreach (var better in kept)
        {
            if (Overlap.IoU(better, box) > iouThreshold)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Indices by descending score; equal scores keep their order, so results do not depend on the sort.</summary>
    internal static int[] DescendingOrder(ReadOnlySpan<float> scores)
    {
        var order = new int[scores.Length];
        var keys = new (float Negative, int Index)[scores.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            keys[i] = (-scores[i], i);
        }

        Array.Sort(keys, order);
        return order;
    }
}
