using System.Text.Json;
using FaceLoupe.Cli.Reports;
using FaceLoupe.Evaluation;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Evaluation;

/// <summary>The JSON document of <c>faceloupe evaluate boxes</c>.</summary>
internal static class BoxReport
{
    /// <summary>Incremented when a key changes its meaning or is removed, not for new keys.</summary>
    public const int SchemaVersion = 1;

    /// <summary>The text of the document; shares are from 0 to 1, null if a band holds no face.</summary>
    public static string ToJson(
        string annotations, IReadOnlyList<EvaluatedSubject> subjects, IReadOnlyList<string> faults) =>
        JsonText.Of(json =>
        {
            json.WriteNumber("schemaVersion", SchemaVersion);
            json.WriteString("annotations", annotations);
            json.WriteNumber("pictures", subjects[0].Evaluation.Pictures);
            json.WriteStartArray("subjects");
            foreach (var subject in subjects)
            {
                Write(json, subject);
            }

            json.WriteEndArray();
            json.WriteStrings("faults", faults);
        });

    /// <summary>Writes evaluation settings as an object.</summary>
    public static void Write(Utf8JsonWriter json, EvaluationSettings settings)
    {
        json.WriteStartObject("regime");
        foreach (var (name, value) in settings.Entries)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, EvaluatedSubject subject)
    {
        json.WriteStartObject();
        json.WriteString("name", subject.Name);
        Write(json, subject.Settings);
        json.WriteNumber("threshold", subject.Threshold);
        json.WriteNumber("predictions", subject.Evaluation.Predictions);
        json.WriteStartObject("bands");
        foreach (var band in subject.Evaluation.Bands)
        {
            Write(json, band, subject);
        }

        json.WriteEndObject();
        if (subject.Landmarks.Count > 0)
        {
            Write(json, subject.Landmarks);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<LandmarkResult> bands)
    {
        json.WriteStartObject("landmarks");
        foreach (var band in bands)
        {
            json.WriteStartObject(band.Band.Name);
            json.WriteNumber("faces", band.Faces);
            json.WriteNumber("found", band.Found);
            json.WriteShare("normalisedMeanError", band.MeanError);
            json.WriteShare("failures", band.Failures);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, BandResult band, EvaluatedSubject subject)
    {
        json.WriteStartObject(band.Band.Name);
        json.WriteNumber("faces", band.Faces);
        json.WriteShare("averagePrecision", band.AveragePrecision);
        json.WriteShare("recallAmong600", band.ProposalRecall);
        json.WriteShare("recallAtThreshold", band.RecallAtThreshold);
        json.WriteShare("falsePositivesPerPicture", band.FalsePositivesPerPicture);
        json.WriteShare("hiddenByMasks", subject.Masks.Hidden(subject.Options.Threshold, band.Band));
        json.WriteShare("needlessMasksPerPicture", subject.Masks.FalsePositives(subject.Options.Threshold, band.Band));
        json.WriteShare("localizationError", band.LocalizationError);
        json.WriteEndObject();
    }
}
