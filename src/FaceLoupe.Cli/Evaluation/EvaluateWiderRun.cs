using FaceLoupe.Cli.Plotting;
using FaceLoupe.Cli.Reports;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Evaluation.Wider;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Evaluation;

/// <summary>One call of <c>faceloupe evaluate wider</c>.</summary>
/// <param name="GroundTruth">Folder of the ground truth; null: published curves only.</param>
/// <param name="Predictions">Folder of predictions; null like the ground truth.</param>
/// <param name="Compare">Folder of published curves; null: none.</param>
/// <param name="Name">Name of the predictions.</param>
/// <param name="Images">Folder of the images for the report; null: no galleries.</param>
/// <param name="Json">File for the JSON; null: none.</param>
/// <param name="Plot">File from whose name those of the plots are made; null: none.</param>
/// <param name="Report">Folder for the HTML page; null: none.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record EvaluateWiderRun(
    string? GroundTruth,
    string? Predictions,
    string? Compare,
    string Name,
    string? Images,
    string? Json,
    string? Plot,
    string? Report,
    TextWriter Output,
    TextWriter Error)
{
    /// <summary>Scores, prints and writes.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        PlotFile.Check(Plot);
        if (Images is not null && !Directory.Exists(Images))
        {
            throw new FaceLoupeException(
                $"{Images}: no such folder; give the folder of WIDER FACE's validation images.");
        }

        var published = Compare is null ? [] : PublishedCurve.ReadFolder(Compare);
        var truth = GroundTruth is null ? null : WiderFaceGroundTruth.Read(GroundTruth);
        var predictions = Predictions is null ? null : PredictionFolder.Open(Predictions);
        var result = truth is null || predictions is null ? null : WiderFaceEvaluator.Evaluate(truth, predictions);
        string[] faults = result is null ? [] :
            [.. PredictionNotes.Of(result.Missing, result.Unknown).Select(note => $"{Predictions}: {note}")];
        foreach (var fault in faults)
        {
            Error.WriteLine(fault);
        }

        PrintSettings();
        var summary = new WiderSummary(Name, result, published);
        Output.Write(string.Join("\n", summary.Tables().Select(table => table.ToText())));
        if (Json is not null)
        {
            AtomicFile.WriteAllText(Json, WiderReport.ToJson(this, summary, faults));
        }

        if (Plot is not null)
        {
            foreach (var setting in Enum.GetValues<WiderFaceSetting>())
            {
                PlotFile.Write(summary.Figure(setting), PlotFile.NameFor(Plot, WiderSummary.NameOf(setting)));
            }
        }

        if (Report is not null)
        {
            var page = WiderReport.Page(this, summary, faults);
            if (Images is not null && truth is not null && predictions is not null)
            {
                WiderReport.AddGalleries(page, truth, predictions, Images);
            }

            Error.WriteLine($"report: {page.WriteTo(Report)}");
        }

        return faults.Length > 0 ? ExitCode.SomeFailed : ExitCode.Fine;
    }

    private void PrintSettings()
    {
        if (Predictions is null)
        {
            return;
        }

        foreach (var (name, value) in EvaluationSettings.OfPredictions(Predictions).Entries)
        {
            Output.WriteLine($"{name}: {value}");
        }

        Output.WriteLine();
    }
}
