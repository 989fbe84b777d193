using FaceLoupe.Scoring;

namespace FaceLoupe.Geometry;

/// <summary>Greedy non-maximum suppression.</summary>
public static class NonMaxSuppression
{
    /// <summary>
    /// Keeps boxes in descending score order (ties by index), dropping each that overlaps a kept one by more than
    /// <paramref name="iouThreshold"/>.
    /// </summary>
    /// <param name="boxes">Candidate boxes.</param>
    /// <param name="scores">One score per box.</param>
    /// <param name="iouThreshold">IoU above which the weaker box is suppressed, from 0 to 1.</param>
    /// <param name="maxKept">Maximum number of boxes to keep.</param>
    /// <returns>Indices of the kept boxes, best first.</returns>
    /// <exception cref="ArgumentException">The two spans differ in length.</exception>
    public static int[] Keep(
        ReadOnlySpan<Box> boxes, ReadOnlySpan<float> scores, float iouThreshold, int maxKept = int.MaxValue)
    {
        CheckLengths(boxes, scores);
        var kept = new KeptBoxes(iouThreshold);
        foreach (var index in ScoreOrder.Descending(scores))
        {
            if (kept.Count >= maxKept)
            {
                break;
            }

            if (kept.Suppressor(boxes[index]) < 0)
            {
                kept.Add(index, boxes[index]);
            }
        }

        return kept.Indices;
    }

    /// <summary>
    /// Keeps the boxes that <see cref="Keep"/> keeps, moved by box voting: the edges are the mean of its own and those
    /// of the boxes that it suppresses, weighted by probability (Gidaris and Komodakis 2015). Not in the paper.
    /// </summary>
    /// <param name="boxes">Candidate boxes.</param>
    /// <param name="logits">One logit per box; its probability is the weight.</param>
    /// <param name="iouThreshold">IoU above which the weaker box goes, from 0 to 1.</param>
    /// <param name="voteIoU">IoU with the kept box from which a dropped one votes, from 0 to 1.</param>
    /// <param name="maxKept">Maximum number of boxes to keep; those after the last one do not vote.</param>
    /// <returns>Index of each kept box, best first, and where the vote puts it.</returns>
    /// <exception cref="ArgumentException">The two spans differ in length.</exception>
    public static (int Index, Box Box)[] KeepByVote(
        ReadOnlySpan<Box> boxes,
        ReadOnlySpan<float> logits,
        float iouThreshold,
        float voteIoU,
        int maxKept = int.MaxValue)
    {
        CheckLengths(boxes, logits);
        var kept = new KeptBoxes(iouThreshold);
        var votes = new List<BoxVote>();
        foreach (var index in ScoreOrder.Descending(logits))
        {
            var box = boxes[index];
            var suppressor = kept.Suppressor(box);
            if (suppressor < 0)
            {
                if (kept.Count >= maxKept)
                {
                    break;
                }

                kept.Add(index, box);
                votes.Add(BoxVote.Of(box, logits[index]));
            }
            else if (Overlap.IoU(kept[suppressor], box) >= voteIoU)
            {
                votes[suppressor] = votes[suppressor].And(BoxVote.Of(box, logits[index]));
            }
        }

        return [.. kept.Indices.Zip(votes, (index, vote) => (index, vote.Mean))];
    }

    private static void CheckLengths(ReadOnlySpan<Box> boxes, ReadOnlySpan<float> scores)
    {
        if (boxes.Length != scores.Length)
        {
            throw new ArgumentException($"{boxes.Length} boxes but {scores.Length} scores.", nameof(scores));
        }
    }

    // Sums of edges times weight, in double: the mean of one box is that box.
    private readonly record struct BoxVote(double Weight, double Left, double Top, double Right, double Bottom)
    {
        public Box Mean => Box.FromCorners(
            (float)(Left / Weight), (float)(Top / Weight), (float)(Right / Weight), (float)(Bottom / Weight));

        public static BoxVote Of(in Box box, float logit)
        {
            // Never 0, so that a single box of very low score keeps its position.
            var weight = Math.Max(Logistic.Sigmoid(logit), 1e-30);
            return new(weight, weight * box.X, weight * box.Y, weight * box.Right, weight * box.Bottom);
        }

        public BoxVote And(in BoxVote other) => new(
            Weight + other.Weight, Left + other.Left, Top + other.Top, Right + other.Right, Bottom + other.Bottom);
    }
}
