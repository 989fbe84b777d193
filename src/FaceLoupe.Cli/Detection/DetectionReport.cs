using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FaceLoupe.Models;

namespace FaceLoupe.Cli.Detection;

/// <summary>The JSON document of <c>faceloupe detect</c>.</summary>
/// <param name="Model">The model that looked.</param>
/// <param name="Threshold">Lowest score of a reported face.</param>
/// <param name="Images">What was found, by picture.</param>
/// <param name="Errors">Inputs that could not be processed.</param>
internal sealed record DetectionReport(
    ModelManifest Model,
    float Threshold,
    IReadOnlyList<(string Image, Detections Found)> Images,
    IReadOnlyList<InputFault> Errors)
{
    /// <summary>Rises when a key changes its meaning or goes; new keys may come without.</summary>
    public const int SchemaVersion = 1;

    // Names of files are readable in any script, and line ends are the same everywhere.
    private static readonly JsonWriterOptions Format = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text of the document.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Format))
        {
            Write(json);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", SchemaVersion);
        json.WriteString("model", $"{Model.Name} {Model.Version}");
        json.WriteNumber("threshold", Rounded(Threshold, 4));
        json.WriteStartArray("images");
        foreach (var (image, found) in Images)
        {
            json.WriteStartObject();
            json.WriteString("image", image);
            json.WriteNumber("width", found.Width);
            json.WriteNumber("height", found.Height);
            json.WriteStartArray("faces");
            foreach (var face in found.Faces)
            {
                json.WriteStartObject();
                json.WriteNumber("x", Rounded(face.Box.X, 2));
                json.WriteNumber("y", Rounded(face.Box.Y, 2));
                json.WriteNumber("width", Rounded(face.Box.Width, 2));
                json.WriteNumber("height", Rounded(face.Box.Height, 2));
                json.WriteNumber("score", Rounded(face.Score, 4));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("errors");
        foreach (var (image, message) in Errors)
        {
            json.WriteStartObject();
            json.WriteString("image", image);
            json.WriteString("message", message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Decimals print as they read: 12.3 and not 12.300000190734863.
    private static decimal Rounded(float value, int digits) => Math.Round((decimal)value, digits);
}
