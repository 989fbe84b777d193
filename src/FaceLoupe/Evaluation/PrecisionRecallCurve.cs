namespace FaceLoupe.Evaluation;

/// <summary>One point of a precision-recall curve: what counts from a score upwards.</summary>
/// <param name="Score">The lowest score counted.</param>
/// <param name="Recall">Share of the faces found, from 0 to 1.</param>
/// <param name="Precision">Share of the predictions that are right, from 0 to 1.</param>
public readonly record struct PrecisionRecallPoint(double Score, double Recall, double Precision);

/// <summary>Precision against recall over falling scores.</summary>
/// <param name="Points">The points, by falling score, so that recall never falls.</param>
public sealed record PrecisionRecallCurve(IReadOnlyList<PrecisionRecallPoint> Points)
{
    /// <summary>
    /// The area under the curve by the all-points rule of PASCAL VOC, from 0 to 1: precision at a recall is the best
    /// one at this or any higher recall.
    /// </summary>
    public double AveragePrecision
    {
        get
        {
            var (area, best) = (0d, 0d);
            for (var i = Points.Count - 1; i >= 0; i--)
            {
                best = Math.Max(best, Points[i].Precision);
                area += (Points[i].Recall - (i > 0 ? Points[i - 1].Recall : 0)) * best;
            }

            return area;
        }
    }

    /// <summary>
    /// The exact curve, a point for every score that occurs. Predictions of one score enter together, so that the
    /// curve does not depend on their order.
    /// </summary>
    /// <param name="scored">Score of every prediction that counts, and whether it is right.</param>
    /// <param name="faces">How many faces there are to find, at least 1.</param>
    public static PrecisionRecallCurve Of(IEnumerable<(double Score, bool Right)> scored, int faces)
    {
        ArgumentNullException.ThrowIfNull(scored);
        ArgumentOutOfRangeException.ThrowIfLessThan(faces, 1);
        var sorted = scored.ToArray();
        Array.Sort(sorted, static (a, b) => b.Score.CompareTo(a.Score));
        var points = new List<PrecisionRecallPoint>();
        var right = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            right += sorted[i].Right ? 1 : 0;
            if (i + 1 == sorted.Length || sorted[i + 1].Score != sorted[i].Score)
            {
                points.Add(new PrecisionRecallPoint(sorted[i].Score, (double)right / faces, right / (i + 1d)));
            }
        }

        return new PrecisionRecallCurve(points);
    }
}
