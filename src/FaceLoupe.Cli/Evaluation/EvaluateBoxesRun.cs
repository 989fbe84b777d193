using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;

namespace FaceLoupe.Cli.Evaluation;

/// <summary>One call of <c>faceloupe evaluate boxes</c>.</summary>
/// <param name="Annotations">Annotation file.</param>
/// <param name="Images">Images folder.</param>
/// <param name="Predictions">Folder of predictions; null: run a model.</param>
/// <param name="Model">Folder of the model; null: the default.</param>
/// <param name="Stages">Whether to score the first stage alone too.</param>
/// <param name="Threshold">Score at which false alarms are counted; null: the model's, or 0.5 for predictions.</param>
/// <param name="ProposalThreshold">Lowest first-stage score that reaches the second stage; null: the model's.</param>
/// <param name="Threads">Threads of the networks; 0: one a core.</param>
/// <param name="Json">File for the JSON; null: none.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record EvaluateBoxesRun(
    string Annotations,
    string Images,
    string? Predictions,
    string? Model,
    bool Stages,
    double? Threshold,
    float? ProposalThreshold,
    int Threads,
    string? Json,
    TextWriter Output,
    TextWriter Error)
{
    /// <summary>Scores, prints and writes.</summary>
    /// <returns>The exit code.</returns>
    public int Run(CancellationToken cancellation)
    {
        var folder = WiderFaceDataset.Read(Annotations, Images);
        if (folder.Pictures.Count == 0)
        {
            throw new FaceLoupeException($"{Annotations}: none of its pictures is in {Images}; nothing to evaluate.");
        }

        foreach (var note in folder.Report.Notes)
        {
            Error.WriteLine($"{Annotations}: {note}");
        }

        var subjects = Predictions is null
            ? ModelRun.Score(folder, this, cancellation)
            : [Read(folder, PredictionFolder.Open(Predictions))];
        Output.Write(new BoxTable(subjects).ToText());
        if (Json is not null)
        {
            AtomicFile.WriteAllText(Json, BoxReport.ToJson(Annotations, subjects));
        }

        return subjects.Any(subject => subject.Faults.Count > 0) ? ExitCode.SomeFailed : ExitCode.Fine;
    }

    private EvaluatedSubject Read(AnnotatedFolder folder, PredictionFolder predictions)
    {
        var keys = folder.Pictures.Select(picture => PredictionFolder.KeyOf(picture.Name)).ToHashSet(StringComparer.Ordinal);
        var missing = keys.Where(key => !predictions.Holds(key)).Order(StringComparer.Ordinal).ToArray();
        var unknown = predictions.Keys.Where(key => !keys.Contains(key)).ToArray();
        if (missing.Length == keys.Count)
        {
            throw new FaceLoupeException(
                $"{predictions.Folder}: no file belongs to a picture of {Annotations}; wanted names such as {missing[0]}.txt.");
        }

        string[] faults =
        [
            .. Examples.Note(missing, "picture has no predictions and counts as empty", "pictures have no predictions and count as empty"),
            .. Examples.Note(unknown, "prediction file is for no annotated picture", "prediction files are for no annotated picture"),
        ];
        foreach (var fault in faults)
        {
            Error.WriteLine($"{predictions.Folder}: {fault}");
        }

        var threshold = Threshold ?? new BoxEvaluationOptions().Threshold;
        var evaluation = new BoxEvaluator(new BoxEvaluationOptions { Threshold = threshold }).Evaluate(folder.Pictures.Select(
            picture => new EvaluatedPicture(picture.Name, picture.Faces, predictions.Read(PredictionFolder.KeyOf(picture.Name)))));
        return new EvaluatedSubject("predictions", $"predictions of {predictions.Folder}", threshold, evaluation, faults);
    }
}
