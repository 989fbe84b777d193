using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FaceLoupe.Models;
using FaceLoupe.Storage;

namespace FaceLoupe.Predictions;

/// <summary>The JSON document of <c>faceloupe detect</c>.</summary>
/// <param name="Model">The model that looked.</param>
/// <param name="Threshold">Lowest score of a reported face.</param>
/// <param name="Images">What was found, by picture.</param>
/// <param name="Errors">Inputs that could not be processed.</param>
internal sealed record DetectionDocument(
    ModelManifest Model,
    float Threshold,
    IReadOnlyList<PictureFaces> Images,
    IReadOnlyList<InputFault> Errors)
{
    /// <summary>Why it was this model; null: not told.</summary>
    public string? ModelReason { get; init; }

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
        if (ModelReason is not null)
        {
            json.WriteString("modelReason", ModelReason);
        }

        json.WriteNumber("threshold", FaceJson.Rounded(Threshold, 4));
        json.WriteStartArray("images");
        foreach (var image in Images)
        {
            json.WriteStartObject();
            FaceJson.Write(json, image);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteErrors(Errors);
        json.WriteEndObject();
    }

    /// <summary>Reads the pictures of a document.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FaceLoupeException">The file cannot be read, or is no such document.</exception>
    public static IReadOnlyList<PictureFaces> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(InputFile.ReadAllBytes(path));
            return
            [
                .. document.RootElement.GetProperty("images").EnumerateArray().Select((image, i) =>
                    FaceJson.Read(image, FormattableString.Invariant($"{path}, image {i + 1}"))),
            ];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FaceLoupeException($"{path}: cannot be read ({fault.Message.ReplaceLineEndings(" ")}).", fault);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FaceLoupeException($"{path}: not a document as 'faceloupe detect' writes it.", fault);
        }
    }
}
