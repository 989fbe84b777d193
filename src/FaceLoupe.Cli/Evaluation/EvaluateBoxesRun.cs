using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Plotting;
using FaceLoupe.Cli.Reports;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Predictions;
using FaceLoupe.Programs;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Evaluation;

/// <summary>One call of <c>faceloupe evaluate boxes</c>.</summary>
/// <param name="Annotations">Annotation file, WIDER FACE's text or COCO's .json.</param>
/// <param name="Categories">Categories of a COCO file that count; empty: <c>face</c>, or all.</param>
/// <param name="Images">Images folder.</param>
/// <param name="Predictions">File or folder of predictions; null: run a model.</param>
/// <param name="Model">The model.</param>
/// <param name="Stages">Whether the first stage alone is scored too.</param>
/// <param name="Threshold">Score at which false alarms are counted; null: the model's, or 0.5 for predictions.</param>
/// <param name="Iou">Minimum IoU of a box and its face, above 0 and up to 1.</param>
/// <param name="ProposalThreshold">Lowest first-stage score that reaches the second stage; null: the model's.</param>
/// <param name="FullSearch">Whether the search is a full search.</param>
/// <param name="Json">File for the JSON; null: none.</param>
/// <param name="Plot">File for the curves; null: none.</param>
/// <param name="Report">Folder for the HTML page; null: none.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record EvaluateBoxesRun(
    string Annotations,
    IReadOnlyList<string> Categories,
    string Images,
    string? Predictions,
    ModelChoice Model,
    bool Stages,
    double? Threshold,
    float Iou,
    float? ProposalThreshold,
    bool FullSearch,
    string? Json,
    string? Plot,
    string? Report,
    TextWriter Output,
    TextWriter Error)
{
    private const int GallerySize = 24;

    /// <summary>Scores, prints and writes.</summary>
    /// <returns>The exit code.</returns>
    public int Run(CancellationToken cancellation)
    {
        PlotFile.Check(Plot);
        var folder = AnnotationFile.Read(Annotations, Images, Categories.Count == 0 ? null : Categories);
        if (folder.Pictures.Count == 0)
        {
            throw new FaceLoupeException($"{Annotations}: none of its images is in {Images}; nothing to evaluate.");
        }

        foreach (var note in folder.Report.Notes)
        {
            Error.WriteLine($"{Annotations}: {note}");
        }

        foreach (var (option, place) in new[] { ("--json", Json), ("--plot", Plot) })
        {
            OwnInput.Refuse(
                option, place, [Annotations, Predictions, .. folder.Pictures.Select(picture => picture.Path)]);
        }

        var faults = new List<string>();
        var subjects = Predictions is null
            ? ModelRun.Score(folder, this, faults, cancellation)
            : [Read(folder, GivenPredictions.Open(Predictions, Images), faults)];
        Print(subjects);
        Write(folder, subjects, faults);
        return faults.Count > 0 ? ExitCode.SomeFailed : ExitCode.Fine;
    }

    private EvaluatedSubject Read(AnnotatedFolder folder, GivenPredictions predictions, List<string> faults)
    {
        DistinctStems.Require(
            Annotations, folder.Pictures.Select(picture => picture.Name), PredictionFolder.KeyOf,
            StringComparer.Ordinal);
        var keys = folder.Pictures.Select(picture => PredictionFolder.KeyOf(picture.Name))
            .ToHashSet(StringComparer.Ordinal);
        var missing = keys.Where(key => !predictions.Keys.Contains(key)).Order(StringComparer.Ordinal).ToArray();
        if (missing.Length == keys.Count)
        {
            throw new FaceLoupeException(
                $"{predictions.Place}: no file belongs to an image of {Annotations}; expected names such as "
                + $"{missing[0]}.txt.");
        }

        var unknown = predictions.Keys.Where(key => !keys.Contains(key)).ToArray();
        faults.AddRange(PredictionNotes.Of(missing, unknown).Select(note => $"{predictions.Place}: {note}"));
        faults.ForEach(Error.WriteLine);
        var threshold = Threshold ?? new BoxEvaluationOptions().Threshold;
        return new EvaluatedSubject(
            "predictions",
            EvaluationSettings.OfPredictions(predictions.Place),
            threshold,
            new BoxEvaluationOptions { Threshold = threshold, IouThreshold = Iou },
            [.. folder.Pictures.Select(picture => new EvaluatedPicture(
                picture.Name, picture.Faces, predictions.Read(PredictionFolder.KeyOf(picture.Name))))]);
    }

    private void Print(IReadOnlyList<EvaluatedSubject> subjects)
    {
        Output.WriteLine(
            $"{Numbers.Count(subjects[0].Pictures.Count, "image")}; {BoxTables.Protocol(Iou)}");
        foreach (var (name, value) in subjects[^1].Settings.Entries)
        {
            Output.WriteLine($"{name}: {value}");
        }

        foreach (var table in BoxTables.Of(subjects))
        {
            Output.WriteLine();
            Output.Write(table.ToText());
        }

        Output.WriteLine();
        Output.WriteLine(BoxTables.FalseAlarms);
    }

    private void Write(AnnotatedFolder folder, IReadOnlyList<EvaluatedSubject> subjects, List<string> faults)
    {
        if (Json is not null)
        {
            AtomicFile.WriteAllText(Json, BoxReport.ToJson(Annotations, subjects, faults));
        }

        if (Plot is not null)
        {
            PlotFile.Write(BoxFigures.Curves(subjects), Plot);
        }

        if (Report is not null)
        {
            Error.WriteLine($"report: {Page(folder, subjects, faults).WriteTo(Report)}");
        }
    }

    private ReportPage Page(AnnotatedFolder folder, IReadOnlyList<EvaluatedSubject> subjects, List<string> faults)
    {
        var page = new ReportPage($"Faces of {Annotations}");
        page.Section("Evaluation settings", BoxTables.Protocol(Iou) + ".");
        page.Add(new EvaluationSettings(
            [.. subjects[^1].Settings.Entries, ("annotations", Annotations), .. EvaluationSettings.Surroundings]));
        page.Section("Figures", string.Join(" ", faults.Select(fault => $"{fault}.").Append(BoxTables.FalseAlarms)));
        foreach (var table in BoxTables.Of(subjects))
        {
            page.Add(table);
        }

        page.Add(BoxFigures.Curves(subjects), "Precision against recall");
        page.Section("Average precision against face size");
        page.Add(BoxFigures.AgainstSize(subjects), "Average precision against face size");
        Galleries(page, folder, subjects[^1]);
        return page;
    }

    private static void Galleries(ReportPage page, AnnotatedFolder folder, EvaluatedSubject subject)
    {
        var paths = folder.Pictures.ToDictionary(
            picture => picture.Name, picture => picture.Path, StringComparer.Ordinal);
        var mistakes = Mistakes.Of(subject.Pictures, subject.Options);
        page.Section("Worst misses",
            $"Not found at the threshold: {Numbers.Count(mistakes.Misses.Count, "face")}; "
            + "first those not found at any score, the largest first.");
        page.Add(GalleryItem.Of(mistakes.Misses.Take(GallerySize), name => paths[name], subject.ShownScore));
        page.Section(
            "Worst false alarms",
            $"Wrong at the threshold: {Numbers.Count(mistakes.FalseAlarms.Count, "box", "boxes")}; the most confident "
            + "first.");
        page.Add(GalleryItem.Of(mistakes.FalseAlarms.Take(GallerySize), name => paths[name], subject.ShownScore));
    }
}
