namespace FaceLoupe.Evaluation.Wider;

/// <summary>
/// The toolkit's precision-recall curve. Scores are normalised to 0..1 over all images; each of the thresholds 1 -
/// t/1000 makes a point.
/// </summary>
internal static class OfficialCurve
{
    /// <summary>Number of thresholds.</summary>
    public const int Thresholds = 1000;

    /// <summary>Makes the curve.</summary>
    /// <param name="scored">Score of every prediction that counts, and whether it is right.</param>
    /// <param name="faces">How many faces there are to find; 0 gives a curve without points.</param>
    /// <param name="lowest">The lowest score of all predictions, of ignored ones too.</param>
    /// <param name="highest">The highest one.</param>
    public static PrecisionRecallCurve Of(
        IReadOnlyList<(double Score, bool Right)> scored, int faces, double lowest, double highest)
    {
        if (faces == 0)
        {
            return new PrecisionRecallCurve([]);
        }

        var (right, all) = (new int[Thresholds], new int[Thresholds]);
        foreach (var (score, isRight) in scored)
        {
            var first = FirstThreshold(Normalized(score, lowest, highest));
            all[first]++;
            right[first] += isRight ? 1 : 0;
        }

        var points = new PrecisionRecallPoint[Thresholds];
        var (rightSoFar, allSoFar) = (0, 0);
        for (var t = 0; t < Thresholds; t++)
        {
            rightSoFar += right[t];
            allSoFar += all[t];
            points[t] = new PrecisionRecallPoint(
                Threshold(t),
                (double)rightSoFar / faces,
                allSoFar > 0 ? (double)rightSoFar / allSoFar : 0);
        }

        return new PrecisionRecallCurve(points);
    }

    // Scores without any spread are all best; the toolkit would divide by zero.
    private static double Normalized(double score, double lowest, double highest) =>
        highest > lowest ? (score - lowest) / (highest - lowest) : 1;

    private static double Threshold(int t) => 1 - ((t + 1d) / Thresholds);

    // The estimate may be off by one if a score equals a threshold; the comparison itself decides, as in the toolkit.
    private static int FirstThreshold(double normalized)
    {
        var t = Math.Clamp((int)Math.Ceiling((1 - normalized) * Thresholds) - 1, 0, Thresholds - 1);
        while (t > 0 && normalized >= Threshold(t - 1))
        {
            t--;
        }

        while (t < Thresholds - 1 && normalized < Threshold(t))
        {
            t++;
        }

        return t;
    }
}
