using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using FaceLoupe.Models;

namespace FaceLoupe.Anonymising;

/// <summary>
/// A guarantee for a threshold, tested on a user's own images: with <see cref="Confidence"/>, at most <see
/// cref="Miss"/> of further images with faces, drawn from the same distribution, shows one. Made by <see
/// cref="MaskCertifier"/>; it holds for one model, one shape and scale of masks, and nothing else.
/// </summary>
public sealed record MaskCertificate
{
    /// <summary>The version of this layout that this library reads and writes.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Version of the layout.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Name and version of the model.</summary>
    public required string Model { get; init; }

    /// <summary>
    /// SHA-256 of all that determines the model's detections: its networks' hashes, scales and limits.
    /// </summary>
    public required string ModelSha256 { get; init; }

    /// <summary>Outline of the masks.</summary>
    public required MaskShape Shape { get; init; }

    /// <summary>Sides of the mask over those of the face, from 1 to 5.</summary>
    public required float MaskScale { get; init; }

    /// <summary>Share of a face that masks had to cover for it to be hidden, from 0 to 1.</summary>
    public required float HiddenShare { get; init; }

    /// <summary>Longer side of the smallest face that was masked, in pixels; 0: any.</summary>
    public required float MinFace { get; init; }

    /// <summary>Share of images that may show a face, above 0 and below 1.</summary>
    public required double Miss { get; init; }

    /// <summary>Confidence of the certificate, above 0 and below 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Lowest score of a masked region, from 0 to 1.</summary>
    public required float Threshold { get; init; }

    /// <summary>Images with faces that it was tested on.</summary>
    public required int Pictures { get; init; }

    /// <summary>How many of these showed a face at this threshold.</summary>
    public required int PicturesWithMiss { get; init; }

    /// <summary>Images without faces among those given; they do not count.</summary>
    public required int PicturesWithoutFaces { get; init; }

    /// <summary>False-positive masks per image, on average.</summary>
    [JsonPropertyName("needlessMasksPerPicture")]
    public required double FalsePositiveMasksPerPicture { get; init; }

    /// <summary>SHA-256 over the names, contents and annotations of the images.</summary>
    public required string PicturesSha256 { get; init; }

    /// <summary>
    /// SHA-256 of all the rest of the certificate, in hexadecimal, which <see cref="MaskCertificateFile"/> writes and
    /// compares; null: it was not written yet.
    /// </summary>
    public string? Checksum { get; init; }

    /// <summary>The file it was read from; null: none.</summary>
    [JsonIgnore]
    public string? File { get; init; }

    /// <summary>SHA-256 of that file; null: none.</summary>
    [JsonIgnore]
    public string? FileSha256 { get; init; }

    /// <summary>The certificate in words.</summary>
    public string Describe() => string.Create(CultureInfo.InvariantCulture,
        $"certified that at most {Miss} of the images show a face, with a confidence of {Confidence} ")
        + string.Create(CultureInfo.InvariantCulture, $"(tested on {Pictures}, of which {PicturesWithMiss} did), ")
        + string.Create(
            CultureInfo.InvariantCulture, $"with {FalsePositiveMasksPerPicture} false-positive masks per image");

    /// <summary>
    /// The SHA-256 that identifies a model, in hexadecimal: of its manifest without the thresholds, which have no
    /// effect here.
    /// </summary>
    public static string HashOf(ModelManifest model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var finding = model with
        {
            Detection = model.Detection with { OperatingPoints = [], MaskingPoints = [], Threshold = 0.5f },
        };
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ModelManifestFile.Format(finding))));
    }

    /// <summary>Refuses a use that the certificate was not made for.</summary>
    /// <exception cref="FaceLoupeException">Another model, or other masks: all differences in one line.</exception>
    internal void RefuseUnlessFor(ModelManifest model, AnonymiserOptions options)
    {
        var faults = new List<string>();
        if (HashOf(model) != ModelSha256)
        {
            faults.Add(
                $"the model {Model} ({ModelSha256[..8]}), but {model.Name} {model.Version} ({HashOf(model)[..8]}) is "
                    + "used");
        }

        if (options.Mask.Shape != Shape || !options.Mask.Scale.Equals(MaskScale))
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture,
                $"masks of shape {Lower(Shape)} and scale {MaskScale}, but {Lower(options.Mask.Shape)} and "
                    + $"{options.Mask.Scale} are used"));
        }

        if (!options.MinFace.Equals(MinFace))
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture,
                    $"faces from {MinFace} px, but those from {options.MinFace} px are masked"));
        }

        if (options.Stages != DetectionStages.Both)
        {
            faults.Add("both stages, but only the first is used");
        }

        if (faults.Count > 0)
        {
            throw new FaceLoupeException(
                $"{File ?? "The certificate"}: is for {string.Join("; for ", faults)}. Use what it is for, or certify "
                    + "again.");
        }
    }

    private static string Lower(MaskShape shape) => shape.ToString().ToLowerInvariant();
}
