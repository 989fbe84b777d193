using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FaceLoupe.Validation;

namespace FaceLoupe.Models;

/// <summary>The proposal network of a bundle. Input: float [N, 3, H, W].</summary>
public sealed record ProposalSection
{
    /// <summary>File name of the network within the bundle's folder.</summary>
    public string File { get; init; } = "proposals.onnx";

    /// <summary>SHA-256 of the file, 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Name of the input. Default <c>image</c>.</summary>
    [NotBlank]
    public string Input { get; init; } = "image";

    /// <summary>Shape of the input, -1 for a free dimension. Default [-1, 3, -1, -1].</summary>
    public IReadOnlyList<int> InputShape { get; init; } = [-1, 3, -1, -1];

    /// <summary>H and W must be multiples of this, in pixels: the largest stride. Default 16.</summary>
    [Range(1, int.MaxValue)]
    public int SizeMultiple { get; init; } = 16;

    /// <summary>The network's branches, one a stride.</summary>
    [MinLength(1)]
    public required IReadOnlyList<BranchSection> Branches { get; init; }
}

/// <summary>
/// One branch of the proposal network. Cell (row i, column j) has square anchors centred at
/// ((j + 0.5) x stride, (i + 0.5) x stride).
/// </summary>
public sealed record BranchSection
{
    /// <summary>Distance between cells, in pixels of the network's input.</summary>
    [Range(1, int.MaxValue)]
    public required int Stride { get; init; }

    /// <summary>Sides of the A square anchors of a cell, in pixels of the network's input.</summary>
    [MinLength(1), Each(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public required IReadOnlyList<float> AnchorSizes { get; init; }

    /// <summary>Name of the output of face logits, [N, A, H / stride, W / stride].</summary>
    [NotBlank]
    public required string Scores { get; init; }

    /// <summary>
    /// Name of the output of box deltas, [N, 4 A, H / stride, W / stride]; anchor a owns channels 4a to 4a + 3.
    /// </summary>
    [NotBlank]
    public required string Deltas { get; init; }
}

/// <summary>The generator of a bundle. Input: float [N, 3, L, L]; outputs: [N, 3, H, H].</summary>
public sealed record GeneratorSection
{
    /// <summary>File name of the network within the bundle's folder.</summary>
    public string File { get; init; } = "generator.onnx";

    /// <summary>SHA-256 of the file, 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Name of the input. Default <c>low</c>.</summary>
    [NotBlank]
    public string Input { get; init; } = "low";

    /// <summary>Name of the refined output, G2(G1(low)). Default <c>refined</c>.</summary>
    [NotBlank]
    public string Output { get; init; } = "refined";

    /// <summary>Name of the output of the up-sampling net alone, G1(low). Default <c>upsampled</c>.</summary>
    [NotBlank]
    public string UpsampledOutput { get; init; } = "upsampled";

    /// <summary>Side L of the input, in pixels.</summary>
    [Range(1, int.MaxValue)]
    public required int LowResolution { get; init; }

    /// <summary>Side H of the outputs, in pixels: 4 L.</summary>
    public required int HighResolution { get; init; }
}

/// <summary>The discriminator of a bundle. Input: float [N, 3, H, H].</summary>
public sealed record DiscriminatorSection
{
    /// <summary>File name of the network within the bundle's folder.</summary>
    public string File { get; init; } = "discriminator.onnx";

    /// <summary>SHA-256 of the file, 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Name of the input. Default <c>high</c>.</summary>
    [NotBlank]
    public string Input { get; init; } = "high";

    /// <summary>Name of the output [N, 1] of logits of "a real photograph". Default <c>real</c>.</summary>
    [NotBlank]
    public string Real { get; init; } = "real";

    /// <summary>Name of the output [N, 1] of logits of "a face". Default <c>face</c>.</summary>
    [NotBlank]
    public string Face { get; init; } = "face";

    /// <summary>Name of the output [N, 4] of box deltas relative to the proposal. Default <c>delta</c>.</summary>
    [NotBlank]
    public string Delta { get; init; } = "delta";

    /// <summary>
    /// Name of the output [N, 10] of five landmarks: x and y of each, from the centre of the proposal, in tenths of its
    /// width and height. Null (the default): the network has none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [NotBlank]
    public string? Landmarks { get; init; }

    /// <summary>Side H of the input, in pixels; equal to the generator's.</summary>
    public required int HighResolution { get; init; }
}

/// <summary>How bytes become numbers: v = (byte - mean) / scale. This library supports exactly the defaults.</summary>
public sealed record PreprocessingSection
{
    /// <summary>Order of the colour channels. Default and only value <c>RGB</c>.</summary>
    public string Channels { get; init; } = "RGB";

    /// <summary>Subtracted from each byte. Default and only value 127.5.</summary>
    public float Mean { get; init; } = 127.5f;

    /// <summary>Divisor after that. Default and only value 127.5.</summary>
    public float Scale { get; init; } = 127.5f;

    /// <summary>Order of dimensions. Default and only value <c>NCHW</c>.</summary>
    public string Layout { get; init; } = "NCHW";
}

/// <summary>How much of a face's surroundings the second stage sees (the paper's section 3.5).</summary>
public sealed record ContextSection
{
    /// <summary>
    /// Side of the context window over the longer side of the proposal, from 1 to 16; of small proposals only where
    /// <see cref="BySize"/> says so. Default 2.
    /// </summary>
    [Range(1.0, 16.0)]
    public float Factor { get; init; } = 2;

    /// <summary>
    /// Another factor for larger proposals; null (the default): <see cref="Factor"/> for all of them, as in the paper.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ContextBySizeSection? BySize { get; init; }

    /// <summary>
    /// Context windows with a side of this many pixels of the image or more have native resolution and skip the
    /// generator; null: all go through it. Default 64.
    /// </summary>
    [Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)]
    public float? RouteAbove { get; init; } = 64;
}

/// <summary>
/// A context factor that goes with the size of the proposal. Our deviation: the paper's section 3.5 has one factor, and
/// its Table 3 is best at X2.0 for hard faces and at X3.0 for the larger ones. Proposals with a longer side of
/// <see cref="From"/> or less keep <see cref="ContextSection.Factor"/>, those of <see cref="To"/> or more have
/// <see cref="Factor"/>, and between the two the factor is linear in the logarithm of the side.
/// </summary>
public sealed record ContextBySizeSection
{
    /// <summary>
    /// Longest side with <see cref="ContextSection.Factor"/>, in pixels of the image. Above 0, default 12.
    /// </summary>
    public float From { get; init; } = 12;

    /// <summary>
    /// Shortest side with <see cref="Factor"/>, in pixels of the image. Above <see cref="From"/>, default 48.
    /// </summary>
    public float To { get; init; } = 48;

    /// <summary>
    /// Side of the context window of a large proposal over its longer side; larger or smaller than that of small ones.
    /// From 1 to 16, default 3.
    /// </summary>
    public float Factor { get; init; } = 3;
}

/// <summary>Scales and thresholds.</summary>
public sealed record DetectionSection
{
    /// <summary>The sizes at which an image is looked at, at least one.</summary>
    [MinLength(1)]
    public required IReadOnlyList<ScaleStep> Scales { get; init; }

    /// <summary>Largest side that is run through the proposal network at once, in pixels. Default 1280.</summary>
    public int TileSize { get; init; } = 1280;

    /// <summary>Overlap of neighbouring tiles, in pixels of the resized image. Default 128.</summary>
    [Range(0, int.MaxValue)]
    public int TileOverlap { get; init; } = 128;

    /// <summary>Proposals below this probability are dropped. From 0 to 1, default 0.05.</summary>
    [Range(0.0, 1.0)]
    public float ProposalThreshold { get; init; } = 0.05f;

    /// <summary>IoU above which the weaker of two proposals goes. From 0 to 1, default 0.5.</summary>
    [Range(0.0, 1.0)]
    public float ProposalNms { get; init; } = 0.5f;

    /// <summary>
    /// IoU with a kept proposal from which those that it suppresses have a say in where it lies, weighted by
    /// probability (box voting). From 0 to 1; null (the default): none has, as in the paper.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Range(0.0, 1.0)]
    public float? ProposalVote { get; init; }

    /// <summary>
    /// Share of a proposal within a larger one, which is a face rather than not, from which it is a part of that face
    /// (an eye, a nose) and goes. From 0 to 1; null (the default): none goes, as in the paper.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Range(0.0, 1.0)]
    public float? PartWithin { get; init; }

    /// <summary>
    /// How the scores of several looks at one place become one; null (the default): the highest counts.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AveragingSection? Averaging { get; init; }

    /// <summary>Most proposals that reach the second stage. Default 600.</summary>
    [Range(1, int.MaxValue)]
    public int MaxProposals { get; init; } = 600;

    /// <summary>Which candidates the second stage looks at; null (the default): all of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonPropertyName("doubt")]
    public Stage2BandSection? Stage2Band { get; init; }

    /// <summary>How the two stages' scores become one.</summary>
    public FusionSection Fusion { get; init; } = new();

    /// <summary>IoU above which the weaker of two faces goes. From 0 to 1, default 0.4.</summary>
    [Range(0.0, 1.0)]
    public float FinalNms { get; init; } = 0.4f;

    /// <summary>Score from which a box counts as a face. From 0 to 1, default 0.5.</summary>
    [Range(0.0, 1.0)]
    public float Threshold { get; init; } = 0.5f;

    /// <summary>
    /// Measured pairs of recall and threshold, by rising recall, thresholds never rising. Default: none.
    /// </summary>
    public IReadOnlyList<OperatingPoint> OperatingPoints { get; init; } = [];

    /// <summary>
    /// The same for masks: recall is the share of faces that the default masks hide, and a false alarm one that hides
    /// none (<c>Anonymising.MaskEvaluator</c>). By rising recall, thresholds never rising. Default: none.
    /// </summary>
    public IReadOnlyList<OperatingPoint> MaskingPoints { get; init; } = [];

    /// <summary>The same without a focus: at every size the whole image is looked at.</summary>
    public DetectionSection WithoutFocus() =>
        this with { Scales = [.. Scales.Select(step => step with { Focus = null })] };
}

/// <summary>
/// Final score = sigmoid(stage1Weight x proposal logit + stage2Weight x face logit of the discriminator + bias).
/// </summary>
public sealed record FusionSection
{
    /// <summary>Weight of the proposal's logit. Default 0.5.</summary>
    [Range(double.MinValue, double.MaxValue)]
    public float Stage1Weight { get; init; } = 0.5f;

    /// <summary>Weight of the discriminator's face logit. Default 0.5.</summary>
    [Range(double.MinValue, double.MaxValue)]
    public float Stage2Weight { get; init; } = 0.5f;

    /// <summary>Added to the weighted sum. Default 0.</summary>
    [Range(double.MinValue, double.MaxValue)]
    public float Bias { get; init; }

    /// <summary>
    /// Part of the discriminator's box delta that a box is moved by, from 0 (not at all) to 1 (the default).
    /// </summary>
    [JsonPropertyName("shiftWeight")]
    [Range(0.0, 1.0)]
    public float DeltaWeight { get; init; } = 1;

    /// <summary>
    /// Taken off the weighted sum, times the distance of the landmarks from the shape of a face
    /// (<see cref="Geometry.FaceLandmarks.ShapeDistance"/>). From 0 (the default: landmarks have no say).
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [Range(0.0, double.MaxValue)]
    public float LandmarkWeight { get; init; }

    /// <summary>
    /// The weights for regions that skip the generator (<see cref="ContextSection.RouteAbove"/>), on which the
    /// discriminator is more confident; null (the default): the same as for the others.
    /// </summary>
    public FusionSection? Native { get; init; }
}
