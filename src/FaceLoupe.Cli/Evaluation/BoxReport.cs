using System.Text.Json.Nodes;
using FaceLoupe.Cli.Reports;
using FaceLoupe.Evaluation;

namespace FaceLoupe.Cli.Evaluation;

/// <summary>The JSON document of <c>faceloupe evaluate boxes</c>.</summary>
internal static class BoxReport
{
    /// <summary>Incremented when a key changes its meaning or is removed, not for new keys.</summary>
    public const int SchemaVersion = 1;

    /// <summary>The text of the document; shares are from 0 to 1, null if a band holds no face.</summary>
    public static string ToJson(
        string annotations, IReadOnlyList<EvaluatedSubject> subjects, IReadOnlyList<string> faults) =>
        JsonReport.Text(new JsonObject
        {
            ["schemaVersion"] = SchemaVersion,
            ["annotations"] = annotations,
            ["pictures"] = subjects[0].Evaluation.Pictures,
            ["subjects"] = JsonReport.Array(subjects, Of),
            ["faults"] = JsonReport.Array(faults),
        });

    /// <summary>Evaluation settings as an object.</summary>
    public static JsonObject Of(EvaluationSettings settings) =>
        JsonReport.Object(settings.Entries, entry => entry.Name, entry => entry.Value);

    private static JsonObject Of(EvaluatedSubject subject)
    {
        var json = new JsonObject
        {
            ["name"] = subject.Name,
            ["regime"] = Of(subject.Settings),
            ["threshold"] = subject.Threshold,
            ["predictions"] = subject.Evaluation.Predictions,
            ["bands"] = JsonReport.Object(
                subject.Evaluation.Bands, band => band.Band.Name, band => Of(band, subject)),
        };
        if (subject.Landmarks.Count > 0)
        {
            json["landmarks"] = JsonReport.Object(subject.Landmarks, band => band.Band.Name, band => new JsonObject
            {
                ["faces"] = band.Faces,
                ["found"] = band.Found,
                ["normalisedMeanError"] = JsonReport.Share(band.MeanError),
                ["failures"] = JsonReport.Share(band.Failures),
            });
        }

        return json;
    }

    private static JsonObject Of(BandResult band, EvaluatedSubject subject) => new()
    {
        ["faces"] = band.Faces,
        ["averagePrecision"] = JsonReport.Share(band.AveragePrecision),
        ["recallAmong600"] = JsonReport.Share(band.ProposalRecall),
        ["recallAtThreshold"] = JsonReport.Share(band.RecallAtThreshold),
        ["falsePositivesPerPicture"] = JsonReport.Share(band.FalsePositivesPerPicture),
        ["hiddenByMasks"] = JsonReport.Share(subject.Masks.Hidden(subject.Options.Threshold, band.Band)),
        ["needlessMasksPerPicture"] =
            JsonReport.Share(subject.Masks.FalsePositives(subject.Options.Threshold, band.Band)),
        ["localizationError"] = JsonReport.Share(band.LocalizationError),
    };
}
