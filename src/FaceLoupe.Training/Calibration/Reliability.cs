namespace FaceLoupe.Training.Calibration;

/// <summary>How far scores are from being probabilities.</summary>
/// <param name="Bins">Mean score and share of right boxes of each tenth of the scale that holds a box.</param>
/// <param name="Error">
/// Expected calibration error: mean distance of the two, weighted by the boxes of a bin, 0 to 1.
/// </param>
internal sealed record Reliability(IReadOnlyList<(double Score, double Right, int Boxes)> Bins, double Error)
{
    private const int Count = 10;

    /// <param name="boxes">Logit of every box and whether it was right.</param>
    public static Reliability Of(IReadOnlyList<(double Logit, bool Right)> boxes)
    {
        var bins = boxes.Select(box => (Score: 1 / (1 + Math.Exp(-box.Logit)), box.Right))
            .GroupBy(box => Math.Min((int)(box.Score * Count), Count - 1)).OrderBy(group => group.Key)
            .Select(
                group => (group.Average(box => box.Score), group.Average(box => box.Right ? 1.0 : 0), group.Count()))
            .ToArray();
        return new Reliability(
            bins, boxes.Count == 0 ? 0 : bins.Sum(bin => bin.Item3 * Math.Abs(bin.Item1 - bin.Item2)) / boxes.Count);
    }
}
