using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Reports;
using FaceLoupe.Models;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Enhancing;

/// <summary>An image whose faces were enlarged.</summary>
/// <param name="Image">The image's path.</param>
/// <param name="Sheet">The sheet's path within the output folder; null for an image without a face.</param>
/// <param name="Found">Faces found, more than were enlarged where there are many.</param>
/// <param name="Faces">The faces, best first.</param>
internal sealed record EnhancedPicture(string Image, string? Sheet, int Found, IReadOnlyList<EnhancedFace> Faces);

/// <summary>The file enhance.json: what was enlarged, and how near it came to the real image.</summary>
/// <param name="Model">The model.</param>
/// <param name="Pictures">The images.</param>
/// <param name="Errors">Inputs that could not be processed.</param>
internal sealed record EnhanceReport(
    ModelManifest Model, IReadOnlyList<EnhancedPicture> Pictures, IReadOnlyList<InputFault> Errors)
{
    /// <summary>Incremented when a key changes its meaning or is removed, not for new keys.</summary>
    public const int SchemaVersion = 1;

    private static readonly string[] Methods = ["bicubic", "upsampled", "refined"];

    private static readonly JsonWriterOptions Format = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Every face with a real crop: bicubic, G1, G1+G2.</summary>
    public IReadOnlyList<IReadOnlyList<Quality>> Measured =>
        [.. Pictures.SelectMany(picture => picture.Faces)
            .Select(face => face.Qualities).OfType<IReadOnlyList<Quality>>()];

    /// <summary>The mean over all faces with a real crop, by method; empty without any.</summary>
    public IReadOnlyList<(string Method, Quality Mean)> Means => Measured is { Count: > 0 } measured
        ? [.. Methods.Select((method, i) => (method, Quality.Mean([.. measured.Select(face => face[i])])))]
        : [];

    /// <summary>The text of the file.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Format))
        {
            Write(json);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", SchemaVersion);
        json.WriteString("model", $"{Model.Name} {Model.Version}");
        json.WriteNumber("measuredFaces", Measured.Count);
        Write(json, "mean", Means);
        json.WriteStartArray("images");
        foreach (var picture in Pictures)
        {
            json.WriteStartObject();
            json.WriteString("image", picture.Image);
            json.WriteString("sheet", picture.Sheet);
            json.WriteNumber("facesFound", picture.Found);
            json.WriteStartArray("faces");
            foreach (var face in picture.Faces)
            {
                Write(json, face);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteErrors(Errors);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, EnhancedFace face)
    {
        json.WriteStartObject();
        json.WriteNumber("x", DetectionDocument.Rounded(face.Face.Box.X, 2));
        json.WriteNumber("y", DetectionDocument.Rounded(face.Face.Box.Y, 2));
        json.WriteNumber("width", DetectionDocument.Rounded(face.Face.Box.Width, 2));
        json.WriteNumber("height", DetectionDocument.Rounded(face.Face.Box.Height, 2));
        json.WriteNumber("score", DetectionDocument.Rounded(face.Face.Score, 4));
        if (face.Qualities is { } qualities)
        {
            Write(json, "quality", [.. Methods.Zip(qualities)]);
        }

        json.WriteEndObject();
    }

    private static void Write(
        Utf8JsonWriter json, string name, IReadOnlyList<(string Method, Quality Quality)> qualities)
    {
        json.WriteStartObject(name);
        foreach (var (method, quality) in qualities)
        {
            json.WriteStartObject(method);
            json.WriteNumber("psnr", DetectionDocument.Rounded(quality.Psnr, 2));
            json.WriteNumber("ssim", DetectionDocument.Rounded(quality.Ssim, 4));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
