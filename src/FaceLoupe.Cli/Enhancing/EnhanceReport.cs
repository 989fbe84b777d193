using System.Text.Json.Nodes;
using FaceLoupe.Cli.Reports;
using FaceLoupe.Models;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Enhancing;

/// <summary>An image whose faces were enlarged.</summary>
/// <param name="Image">The image's path.</param>
/// <param name="Sheet">The sheet's path within the output folder; null for an image without a face.</param>
/// <param name="Found">Faces found; not all are enlarged if there are many.</param>
/// <param name="Faces">The faces, best first.</param>
internal sealed record EnhancedPicture(string Image, string? Sheet, int Found, IReadOnlyList<EnhancedFace> Faces);

/// <summary>The file enhance.json: what was enlarged, and how close it is to the real image.</summary>
/// <param name="Model">The model.</param>
/// <param name="Pictures">The images.</param>
/// <param name="Errors">Inputs that could not be processed.</param>
internal sealed record EnhanceReport(
    ModelManifest Model, IReadOnlyList<EnhancedPicture> Pictures, IReadOnlyList<InputFault> Errors)
{
    /// <summary>Incremented when a key changes its meaning or is removed, not for new keys.</summary>
    public const int SchemaVersion = 1;

    private static readonly string[] Methods = ["bicubic", "upsampled", "refined"];

    /// <summary>Every face with a real crop: bicubic, G1, G1+G2.</summary>
    public IReadOnlyList<IReadOnlyList<Quality>> Measured =>
        [.. Pictures.SelectMany(picture => picture.Faces)
            .Select(face => face.Qualities).OfType<IReadOnlyList<Quality>>()];

    /// <summary>The mean over all faces with a real crop, by method; empty without any.</summary>
    public IReadOnlyList<(string Method, Quality Mean)> Means => Measured is { Count: > 0 } measured
        ? [.. Methods.Select((method, i) => (method, Quality.Mean([.. measured.Select(face => face[i])])))]
        : [];

    /// <summary>The text of the file.</summary>
    public string ToJson() => JsonReport.Text(new JsonObject
    {
        ["schemaVersion"] = SchemaVersion,
        ["model"] = $"{Model.Name} {Model.Version}",
        ["measuredFaces"] = Measured.Count,
        ["mean"] = Of(Means),
        ["images"] = JsonReport.Array(Pictures, picture => new JsonObject
        {
            ["image"] = picture.Image,
            ["sheet"] = picture.Sheet,
            ["facesFound"] = picture.Found,
            ["faces"] = JsonReport.Array(picture.Faces, Of),
        }),
        ["errors"] = JsonReport.Array(
            Errors, fault => new JsonObject { ["image"] = fault.Image, ["message"] = fault.Message }),
    });

    private static JsonObject Of(EnhancedFace face)
    {
        var box = face.Face.Box;
        var json = new JsonObject
        {
            ["x"] = DetectionDocument.Rounded(box.X, 2),
            ["y"] = DetectionDocument.Rounded(box.Y, 2),
            ["width"] = DetectionDocument.Rounded(box.Width, 2),
            ["height"] = DetectionDocument.Rounded(box.Height, 2),
            ["score"] = DetectionDocument.Rounded(face.Face.Score, 4),
        };
        if (face.Qualities is { } qualities)
        {
            json["quality"] = Of([.. Methods.Zip(qualities)]);
        }

        return json;
    }

    private static JsonObject Of(IReadOnlyList<(string Method, Quality Quality)> qualities) =>
        JsonReport.Object(qualities, method => method.Method, method => new JsonObject
        {
            ["psnr"] = DetectionDocument.Rounded(method.Quality.Psnr, 2),
            ["ssim"] = DetectionDocument.Rounded(method.Quality.Ssim, 4),
        });
}
