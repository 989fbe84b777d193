using System.Globalization;
using FaceLoupe.Cli.Reports;
using FaceLoupe.Evaluation;

namespace FaceLoupe.Cli.Evaluation;

/// <summary>The tables of <c>faceloupe evaluate boxes</c>, one column per size band.</summary>
internal static class BoxTables
{
    /// <summary>The protocol of all tables, in one line.</summary>
    /// <param name="iou">Minimum IoU of a box and its face.</param>
    public static string Protocol(float iou) => FormattableString.Invariant(
        $"IoU at least {iou} without +1 pixels; exact all-points AP; bands by longer side: ")
        + "tiny up to 16 px, small up to 32, larger above";

    /// <summary>Why the false alarms of the bands add up to more than those of all faces.</summary>
    public const string FalseAlarms =
        "A false alarm or false-positive mask counts in every band to which it may belong, from half of the band's "
        + "lower limit to twice its upper limit: one of 20 px counts in all bands. Bands add up to more than \"all\".";

    /// <summary>A table of the faces, then one per subject.</summary>
    public static IEnumerable<ResultTable> Of(IReadOnlyList<EvaluatedSubject> subjects)
    {
        var first = subjects[0].Evaluation;
        var columns = first.Bands.Select(band => band.Band.Name).ToArray();
        yield return new ResultTable(string.Empty, columns)
            .With("faces", first.Bands.Select(band => ResultTable.Count(band.Faces)));
        foreach (var subject in subjects)
        {
            var threshold = subject.Threshold.ToString("0.###", CultureInfo.InvariantCulture);
            var bands = subject.Evaluation.Bands;
            IEnumerable<string> Cells(Func<BandResult, double?> figure) =>
                bands.Select(band => ResultTable.Share(figure(band)));
            yield return new ResultTable(
                $"{subject.Name}: {ResultTable.Count(subject.Evaluation.Predictions)} boxes", columns)
                .With("AP", Cells(band => band.AveragePrecision))
                .With("recall among 600 best", Cells(band => band.ProposalRecall))
                .With($"recall at score {threshold}", Cells(band => band.RecallAtThreshold))
                .With($"false alarms per image at {threshold}", Cells(band => band.FalsePositivesPerPicture))
                .With($"hidden by masks at {threshold}",
                    Cells(band => subject.Masks.Hidden(subject.Options.Threshold, band.Band)))
                .With($"false-positive masks per image at {threshold}",
                    Cells(band => subject.Masks.FalsePositives(subject.Options.Threshold, band.Band)))
                .With("localisation error (1 - IoU)", Cells(band => band.LocalizationError));
            if (subject.Landmarks is { Count: > 0 } landmarks)
            {
                yield return new ResultTable($"{subject.Name}: landmarks", columns)
                    .With("faces with annotated landmarks", landmarks.Select(band => ResultTable.Count(band.Faces)))
                    .With("found", landmarks.Select(band => ResultTable.Count(band.Found)))
                    .With("normalised mean error", landmarks.Select(band => ResultTable.Share(band.MeanError)))
                    .With("with an error above 0.1", landmarks.Select(band => ResultTable.Share(band.Failures)));
            }
        }
    }
}
