using FaceLoupe.Evaluation.Wider;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;
using FaceLoupe.Training.Ablations;

namespace FaceLoupe.Training.Paper.Figures;

/// <summary>Figure 7: precision against recall on WIDER FACE's validation set, beside published curves.</summary>
internal static class WiderCurves
{
    /// <summary>Draws figure7-easy.svg, figure7-medium.svg and figure7-hard.svg.</summary>
    /// <param name="folder">Target folder.</param>
    /// <param name="truth">The ground truth.</param>
    /// <param name="found">The boxes in its images.</param>
    /// <param name="published">Curves of others.</param>
    /// <returns>The names of the files.</returns>
    public static IReadOnlyList<string> Draw(
        string folder, WiderFaceGroundTruth truth, IReadOnlyDictionary<string, IReadOnlyList<ScoredBox>> found,
        IReadOnlyList<PublishedCurve> published)
    {
        var result = WiderFaceEvaluator.Evaluate(truth, key => found[key]);
        var files = new List<string>();
        foreach (var setting in result.Settings.Where(setting => setting.Faces > 0))
        {
            List<FigureLine> lines =
            [
                .. published.Where(curve => curve.Setting == setting.Setting)
                    .OrderByDescending(curve => curve.Curve.AveragePrecision)
                    .Select(curve => Line(curve.Method, curve.Curve)),
                Line("FaceLoupe", setting.Official, isOurs: true),
            ];
            var name = $"figure7-{setting.Setting.ToString().ToLowerInvariant()}.svg";
            var figure = new LineFigure(
                FormattableString.Invariant($"WIDER FACE validation, {setting.Setting}: ")
                    + FormattableString.Invariant($"{truth.Pictures.Count:N0} images, {setting.Faces:N0} faces"),
                "recall", "precision", 1);
            AtomicFile.WriteAllText(Path.Combine(folder, name), figure.Svg(lines));
            files.Add(name);
        }

        return files;
    }

    private static FigureLine Line(string method, Evaluation.PrecisionRecallCurve curve, bool isOurs = false) => new(
        FormattableString.Invariant($"{curve.AveragePrecision:0.000} {method}"),
        [.. curve.Points.Select(point => (point.Recall, point.Precision))], isOurs);
}
