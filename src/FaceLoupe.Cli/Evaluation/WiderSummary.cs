using FaceLoupe.Cli.Plotting;
using FaceLoupe.Cli.Reports;
using FaceLoupe.Evaluation.Wider;
using ScottPlot;

namespace FaceLoupe.Cli.Evaluation;

/// <summary>Figures and plots of WIDER FACE: ours beside published ones.</summary>
/// <param name="Name">Name of ours.</param>
/// <param name="Result">Ours; null: none.</param>
/// <param name="Published">Published curves; may be empty.</param>
internal sealed record WiderSummary(string Name, WiderFaceResult? Result, IReadOnlyList<PublishedCurve> Published)
{
    private static readonly WiderFaceSetting[] Settings = Enum.GetValues<WiderFaceSetting>();
    private static readonly string[] Columns = Array.ConvertAll(Settings, NameOf);

    /// <summary>Published methods with their AP by setting, sorted by that of the hard setting, best first.</summary>
    public IReadOnlyList<(string Method, double?[] Aps)> Methods =>
    [
        .. Published.GroupBy(curve => curve.Method)
            .Select(method => (method.Key, Aps: Array.ConvertAll(
                Settings, setting => method.FirstOrDefault(curve => curve.Setting == setting)?.Curve.AveragePrecision)))
            .OrderByDescending(method => method.Aps[^1] ?? 0),
    ];

    /// <summary>A setting's name in tables and file names.</summary>
    public static string NameOf(WiderFaceSetting setting) => setting switch
    {
        WiderFaceSetting.Easy => "easy",
        WiderFaceSetting.Medium => "medium",
        _ => "hard",
    };

    /// <summary>The tables: ours, then the published figures.</summary>
    public IEnumerable<ResultTable> Tables()
    {
        if (Result is not null)
        {
            var title =
                $"{Name} on WIDER FACE validation: {ResultTable.Count(Result.Pictures)} images, "
                + $"{ResultTable.Count(Result.Predictions)} boxes";
            yield return new ResultTable(title, Columns)
                .With("faces", Result.Settings.Select(setting => ResultTable.Count(setting.Faces)))
                .With("AP, official (1,000 thresholds)",
                    Result.Settings.Select(setting => ResultTable.Share(setting.Official.AveragePrecision, 4)))
                .With("AP, exact",
                    Result.Settings.Select(setting => ResultTable.Share(setting.Exact.AveragePrecision, 4)));
        }

        if (Published.Count > 0)
        {
            var table = new ResultTable("AP of published curves", Columns);
            foreach (var (method, aps) in Methods)
            {
                table.With(method, aps.Select(ap => ResultTable.Share(ap)));
            }

            yield return table;
        }
    }

    /// <summary>The plot of a setting, best method first in the legend.</summary>
    public Plot Figure(WiderFaceSetting setting)
    {
        var lines = Published.Where(curve => curve.Setting == setting)
            .Select(curve => (curve.Method, curve.Curve, IsOurs: false));
        if (Result is not null)
        {
            lines = lines.Append((Name, Result[setting].Official, true));
        }

        return LinePlot.PrecisionRecall(
            $"WIDER FACE validation, {NameOf(setting)}",
            lines.Select(line => (line.Method, line.Curve, line.IsOurs, Ap: line.Curve.AveragePrecision))
                .OrderByDescending(line => line.Ap)
                .Select(line => BoxFigures.Of($"{ResultTable.Share(line.Ap)} {line.Method}", line.Curve, line.IsOurs)));
    }
}
