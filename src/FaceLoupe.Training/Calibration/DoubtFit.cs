using FaceLoupe.Models;
using FaceLoupe.Scoring;

namespace FaceLoupe.Training.Calibration;

/// <summary>
/// The line that stands in for the second stage where the first one is sure, fitted to candidates that both have seen.
/// </summary>
/// <param name="Section">The band with its line, for a model's manifest.</param>
/// <param name="SureShare">Share of the candidates outside the band: the work saved. From 0 to 1.</param>
/// <param name="Error">Root mean square of what the second stage said of these less what the line says, in logits.</param>
internal sealed record DoubtFit(DoubtSection Section, double SureShare, double Error)
{
    /// <summary>Least squares over the candidates outside a band; without two different ones the line is flat.</summary>
    /// <param name="logits">Logits of both stages, a pair a candidate.</param>
    /// <param name="low">Lower end of the band, a first-stage probability.</param>
    /// <param name="high">Upper end of the band, a first-stage probability.</param>
    public static DoubtFit Of(IReadOnlyCollection<(float First, float Second)> logits, float low, float high)
    {
        var (lowest, highest) = (Logistic.Logit(low), Logistic.Logit(high));
        var sure = logits.Where(pair => pair.First < lowest || pair.First > highest).ToArray();
        if (sure.Length == 0)
        {
            return new DoubtFit(new DoubtSection { Low = low, High = high }, 0, 0);
        }

        var (slope, offset) = Line(sure);
        var error = Math.Sqrt(sure.Average(pair => Math.Pow(pair.Second - offset - (slope * pair.First), 2)));
        var section = new DoubtSection { Low = low, High = high, Slope = (float)slope, Offset = (float)offset };
        return new DoubtFit(section, (double)sure.Length / logits.Count, error);
    }

    /// <summary>Least squares of the second stage's logit on the first's; never falling, and flat where all firsts are one.</summary>
    /// <param name="logits">Logits of both stages, at least one pair.</param>
    public static (double Slope, double Offset) Line(IReadOnlyCollection<(float First, float Second)> logits)
    {
        double meanFirst = logits.Average(pair => pair.First), meanSecond = logits.Average(pair => pair.Second);
        var spread = logits.Sum(pair => Math.Pow(pair.First - meanFirst, 2));
        var slope = spread < 1e-9
            ? 0
            : Math.Max(logits.Sum(pair => (pair.First - meanFirst) * (pair.Second - meanSecond)) / spread, 0);
        return (slope, meanSecond - (slope * meanFirst));
    }
}
