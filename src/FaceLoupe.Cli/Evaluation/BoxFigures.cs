using FaceLoupe.Cli.Plotting;
using FaceLoupe.Cli.Reports;
using FaceLoupe.Evaluation;
using ScottPlot;

namespace FaceLoupe.Cli.Evaluation;

/// <summary>The plots of <c>faceloupe evaluate boxes</c>.</summary>
internal static class BoxFigures
{
    private const int FewestFaces = 5;

    // Half octaves; the first band includes all smaller faces, the last all larger ones.
    private static readonly double[] Sides = [.. Enumerable.Range(0, 14).Select(i => 4 * Math.Pow(2, i / 2d))];

    /// <summary>Precision against recall: each subject over all faces, and the last one by size band.</summary>
    public static Plot Curves(IReadOnlyList<EvaluatedSubject> subjects)
    {
        var series = subjects.Select(
            subject => (subject.Name, Band: subject.Evaluation.Bands[0], IsOurs: subject == subjects[^1]))
            .Concat(subjects[^1].Evaluation.Bands.Skip(1).Select(
                band => (Name: $"{subjects[^1].Name}, {band.Band.Name}", Band: band, IsOurs: false)))
            .Where(line => line.Band.Curve is not null);
        return LinePlot.PrecisionRecall("precision and recall", series.Select(line =>
            Of($"{ResultTable.Share(line.Band.AveragePrecision)} {line.Name}", line.Band.Curve!, line.IsOurs)));
    }

    /// <summary>
    /// Average precision against face size, in half octaves; sizes with fewer than five faces are left out.
    /// </summary>
    public static Plot AgainstSize(IReadOnlyList<EvaluatedSubject> subjects)
    {
        var bands = Enumerable.Range(0, Sides.Length - 1).Select(i => new SizeBand(
            FormattableString.Invariant($"{Sides[i]:0.#}"),
            i == 0 ? 0 : (float)Sides[i],
            i == Sides.Length - 2 ? float.PositiveInfinity : (float)Sides[i + 1])).ToArray();
        return LinePlot.AgainstSize("average precision by face size", subjects.Select(subject =>
        {
            var result = new BoxEvaluator(subject.Options with { Bands = bands }).Evaluate(subject.Pictures);
            var points = result.Bands.Select((band, i) => (X: Math.Log2(Sides[i]) + 0.25, Band: band))
                .Where(point => point.Band.Faces >= FewestFaces)
                .Select(point => (point.X, point.Band.AveragePrecision!.Value));
            return new Series(subject.Name, [.. points], subject == subjects[^1]);
        }).Where(line => line.Points.Count > 0), [.. Sides.Where((_, i) => i % 2 == 0)]);
    }

    /// <summary>A curve as a line.</summary>
    public static Series Of(string label, PrecisionRecallCurve curve, bool isOurs = false) =>
        new Series(label, [.. curve.Points.Select(point => (point.Recall, point.Precision))], isOurs).Thinned();
}
