namespace FaceLoupe.Training.Calibration;

/// <summary>The line that replaces stage 2 where it is not run, fitted to candidates with both logits.</summary>
internal static class LogitLine
{
    /// <summary>Least squares of stage 2's logit on stage 1's; slope at least 0, and 0 for equal first ones.</summary>
    /// <param name="logits">Logits of both stages, at least one pair.</param>
    public static (double Slope, double Offset) Of(IReadOnlyCollection<(float First, float Second)> logits)
    {
        double meanFirst = logits.Average(pair => pair.First), meanSecond = logits.Average(pair => pair.Second);
        var spread = logits.Sum(pair => Math.Pow(pair.First - meanFirst, 2));
        var slope = spread < 1e-9
            ? 0
            : Math.Max(logits.Sum(pair => (pair.First - meanFirst) * (pair.Second - meanSecond)) / spread, 0);
        return (slope, meanSecond - (slope * meanFirst));
    }
}
