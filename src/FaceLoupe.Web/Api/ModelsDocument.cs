using System.Text.Json.Serialization;
using FaceLoupe.Anonymising;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Predictions;
using static FaceLoupe.Web.Api.ModelNumbers;

namespace FaceLoupe.Web.Api;

/// <summary>The models and limits of the server.</summary>
/// <param name="Models">One entry: the model that is loaded.</param>
/// <param name="Limits">What images are taken.</param>
internal sealed record ModelsDocument(IReadOnlyList<ModelEntry> Models, LimitsEntry Limits)
{
    public static ModelsDocument Of(ModelBundle bundle, ServeOptions options) =>
        Of(bundle.Manifest, bundle.Reason, options);

    private static ModelsDocument Of(ModelManifest model, string reason, ServeOptions options) => new(
        [
            new ModelEntry(
                model.Name,
                model.Version,
                reason,
                model.Created,
                Rounded(model.Detection.Threshold, 4),
                [.. model.Detection.OperatingPoints.Select(OperatingPointEntry.Of)],
                MaskingEntry.Of(model),
                model.Detection.MaxProposals,
                model.Generator.LowResolution,
                model.Generator.HighResolution,
                Rounded(model.Context.Factor, 3),
                ContextBySizeEntry.Of(model.Context.BySize),
                new HashesEntry(model.Proposals.Sha256, model.Generator.Sha256, model.Discriminator.Sha256)),
        ],
        new LimitsEntry(options.MaxUploadBytes, options.MaxPixels, options.Concurrency, options.QueueLength,
            PictureFile.Formats));
}

/// <summary>A model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Reason">Why this model runs: requested, or the default for this processor.</param>
/// <param name="Created">Day or moment of its export, ISO 8601.</param>
/// <param name="Threshold">Score from which a box counts as a face, unless <c>minScore</c> is given.</param>
/// <param name="OperatingPoints">Measured pairs of threshold and recall; empty if the model was not measured.</param>
/// <param name="Masking">How <c>/v1/blur</c> hides faces by default.</param>
/// <param name="MaxProposals">Maximum number of proposals of an image that reach the second stage.</param>
/// <param name="LowResolution">Side of the generator's input, in pixels.</param>
/// <param name="HighResolution">Side of its output, in pixels.</param>
/// <param name="ContextFactor">
/// Side of the context window over the longer side of a proposal; of small proposals only if there is a <paramref
/// name="ContextBySize"/>.
/// </param>
/// <param name="ContextBySize">How the factor depends on the size of a proposal; left out if it does not.</param>
/// <param name="Sha256">Hashes of the network files.</param>
internal sealed record ModelEntry(
    string Name,
    string Version,
    string Reason,
    string Created,
    decimal Threshold,
    IReadOnlyList<OperatingPointEntry> OperatingPoints,
    MaskingEntry Masking,
    int MaxProposals,
    int LowResolution,
    int HighResolution,
    decimal ContextFactor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ContextBySizeEntry? ContextBySize,
    HashesEntry Sha256);

/// <summary>How faces are hidden by default, as by the command and the library.</summary>
/// <param name="MinScore">Lowest score of a face that is hidden.</param>
/// <param name="Mask">What replaces a face.</param>
/// <param name="Shape">Outline of the mask.</param>
/// <param name="MaskScale">Sides of the mask over those of the face.</param>
/// <param name="Points">
/// Measured pairs of threshold and recall, to choose from by <c>targetRecall</c>; empty if the model was not measured.
/// </param>
internal sealed record MaskingEntry(
    decimal MinScore, string Mask, string Shape, decimal MaskScale, IReadOnlyList<OperatingPointEntry> Points)
{
    public static MaskingEntry Of(ModelManifest model)
    {
        var mask = new MaskOptions();
        return new(
            Rounded(ThresholdChoice.Of(model).Threshold, 6),
            mask.Kind.ToString().ToLowerInvariant(),
            mask.Shape.ToString().ToLowerInvariant(),
            Rounded(mask.Scale, 3),
            [.. model.Detection.MaskingPoints.Select(point => OperatingPointEntry.Of(point) with
            {
                MinScore = Rounded(point.Threshold, 6),
            })]);
    }
}

/// <summary>
/// How the context factor depends on the size of a proposal: between the two sides by their logarithm.
/// </summary>
/// <param name="From">Longest side with the factor of small proposals, in pixels of the image.</param>
/// <param name="To">Shortest side with the factor below, in pixels of the image.</param>
/// <param name="Factor">Side of the window of a large proposal over its longer side.</param>
internal sealed record ContextBySizeEntry(decimal From, decimal To, decimal Factor)
{
    public static ContextBySizeEntry? Of(ContextBySizeSection? section) => section is null
        ? null
        : new(Rounded(section.From, 3), Rounded(section.To, 3), Rounded(section.Factor, 3));
}

/// <summary>SHA-256 of the network files.</summary>
/// <param name="Proposals">Of the first stage.</param>
/// <param name="Generator">Of the generator.</param>
/// <param name="Discriminator">Of the discriminator.</param>
internal sealed record HashesEntry(string Proposals, string Generator, string Discriminator);

/// <summary>What the server takes.</summary>
/// <param name="MaxUploadBytes">Largest file, in bytes.</param>
/// <param name="MaxPixels">Maximum number of pixels of an image.</param>
/// <param name="Concurrency">Images processed at the same time.</param>
/// <param name="QueueLength">Images that may wait.</param>
/// <param name="Formats">Names of the formats of images that are read.</param>
internal sealed record LimitsEntry(
    long MaxUploadBytes, long MaxPixels, int Concurrency, int QueueLength, IReadOnlyList<string> Formats);

/// <summary>A measured pair of threshold and recall.</summary>
/// <param name="MinScore">The score to give as <c>minScore</c>.</param>
/// <param name="Recall">Share of the annotated faces that were found, 0 to 1.</param>
/// <param name="FalseAlarmsPerPicture">Boxes per image that met no annotated face.</param>
/// <param name="MeasuredOn">The annotated images.</param>
internal sealed record OperatingPointEntry(
    decimal MinScore, decimal Recall, decimal FalseAlarmsPerPicture, string MeasuredOn)
{
    public static OperatingPointEntry Of(OperatingPoint point) => new(
        Rounded(point.Threshold, 4),
        Rounded(point.Recall, 4),
        Rounded(point.FalseAlarmsPerPicture, 2),
        point.MeasuredOn);
}

/// <summary>Numbers of a manifest, which are floats: 0.12345 is meant where 0.12345000356 is stored.</summary>
internal static class ModelNumbers
{
    /// <summary>A number with as many decimals as mean something.</summary>
    public static decimal Rounded(float value, int digits) => DetectionDocument.Rounded((double)(decimal)value, digits);
}
