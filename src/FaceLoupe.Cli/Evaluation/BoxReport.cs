using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FaceLoupe.Evaluation;

namespace FaceLoupe.Cli.Evaluation;

/// <summary>The JSON document of <c>faceloupe evaluate boxes</c>.</summary>
internal static class BoxReport
{
    /// <summary>Rises when a key changes its meaning or goes; new keys may come without.</summary>
    public const int SchemaVersion = 1;

    /// <summary>The text of the document; shares are from 0 to 1, null where a band holds no face.</summary>
    public static string ToJson(string annotations, IReadOnlyList<EvaluatedSubject> subjects)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(
            stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", SchemaVersion);
            json.WriteString("annotations", annotations);
            json.WriteNumber("pictures", subjects[0].Evaluation.Pictures);
            json.WriteStartArray("subjects");
            foreach (var subject in subjects)
            {
                Write(json, subject);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, EvaluatedSubject subject)
    {
        json.WriteStartObject();
        json.WriteString("name", subject.Name);
        json.WriteString("regime", subject.Regime);
        json.WriteNumber("threshold", subject.Threshold);
        json.WriteNumber("predictions", subject.Evaluation.Predictions);
        json.WriteStartObject("bands");
        foreach (var band in subject.Evaluation.Bands)
        {
            json.WriteStartObject(band.Band.Name);
            json.WriteNumber("faces", band.Faces);
            Write(json, "averagePrecision", band.AveragePrecision);
            Write(json, "recallAmong600", band.ProposalRecall);
            Write(json, "recallAtThreshold", band.RecallAtThreshold);
            Write(json, "falsePositivesPerPicture", band.FalsePositivesPerPicture);
            Write(json, "localizationError", band.LocalizationError);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("faults");
        foreach (var fault in subject.Faults)
        {
            json.WriteStringValue(fault);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, Rounded(number));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    // Decimals print as they read.
    private static decimal Rounded(double value) => Math.Round((decimal)value, 6);
}
