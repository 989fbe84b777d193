using System.Text.Json.Nodes;
using FaceLoupe.Cli.Plotting;
using FaceLoupe.Cli.Reports;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Evaluation.Fddb;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Evaluation;

/// <summary>One call of <c>faceloupe evaluate fddb</c>.</summary>
/// <param name="Folds">Folder of the folds.</param>
/// <param name="Predictions">File or folder of detections.</param>
/// <param name="Json">File for the JSON; null: none.</param>
/// <param name="Plot">File for the curves; null: none.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record EvaluateFddbRun(
    string Folds, string Predictions, string? Json, string? Plot, TextWriter Output, TextWriter Error)
{
    private const int SchemaVersion = 1;
    private static readonly int[] ReadAt = [500, 1000, 2000];

    /// <summary>Scores, prints and writes.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        PlotFile.Check(Plot);
        var result = FddbEvaluator.Evaluate(FddbFiles.ReadFolds(Folds), FddbFiles.ReadDetections(Predictions));
        string[] faults =
            [.. PredictionNotes.Of(result.Missing, result.Unknown).Select(note => $"{Predictions}: {note}")];
        foreach (var fault in faults)
        {
            Error.WriteLine(fault);
        }

        Output.Write(Table(result).ToText());
        var last = result.Points.Count > 0 ? result.Points[^1].FalsePositives : 0;
        if (last < ReadAt[^1])
        {
            Output.WriteLine(FormattableString.Invariant(
                $"The curve ends at {last} false positives; the last value is used beyond."));
        }

        if (Json is not null)
        {
            AtomicFile.WriteAllText(Json, ToJson(result, faults));
        }

        if (Plot is not null)
        {
            PlotFile.Write(Figure(result), Plot);
        }

        return faults.Length > 0 ? ExitCode.SomeFailed : ExitCode.Fine;
    }

    private static ResultTable Table(FddbResult result) => new ResultTable(
        $"{ResultTable.Count(result.Pictures)} images, {ResultTable.Count(result.Faces)} faces, "
        + $"{ResultTable.Count(result.Detections)} detections; true positive rate by false positives",
        [.. ReadAt.Select(ResultTable.Count)])
        .With("discrete", ReadAt.Select(count => ResultTable.Share(result.At(count)?.Discrete, 4)))
        .With("continuous", ReadAt.Select(count => ResultTable.Share(result.At(count)?.Continuous, 4)));

    private static string ToJson(FddbResult result, string[] faults) => JsonReport.Text(new JsonObject
    {
        ["schemaVersion"] = SchemaVersion,
        ["pictures"] = result.Pictures,
        ["faces"] = result.Faces,
        ["detections"] = result.Detections,
        ["at"] = JsonReport.Array(ReadAt, count => new JsonObject
        {
            ["falsePositives"] = count,
            ["discrete"] = JsonReport.Share(result.At(count)?.Discrete),
            ["continuous"] = JsonReport.Share(result.At(count)?.Continuous),
        }),
        ["missing"] = JsonReport.Array(result.Missing),
        ["unknown"] = JsonReport.Array(result.Unknown),
        ["faults"] = JsonReport.Array(faults),
    });

    private static ScottPlot.Plot Figure(FddbResult result)
    {
        Series Line(string name, Func<FddbPoint, double> rate, bool isOurs) => new(
            $"{ResultTable.Share(result.At(ReadAt[1]) is { } point ? rate(point) : null)} {name}, at 1,000",
            [.. result.Points.Select(at => ((double)at.FalsePositives, rate(at)))],
            isOurs);
        return LinePlot.Roc("FDDB",
            [Line("discrete", point => point.Discrete, true), Line("continuous", point => point.Continuous, false)]);
    }
}
