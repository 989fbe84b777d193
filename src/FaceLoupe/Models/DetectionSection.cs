using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace FaceLoupe.Models;

/// <summary>Scales and thresholds.</summary>
public sealed record DetectionSection
{
    /// <summary>The sizes at which an image is searched, at least one.</summary>
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

    /// <summary>IoU above which the weaker of two proposals is suppressed. From 0 to 1, default 0.5.</summary>
    [Range(0.0, 1.0)]
    public float ProposalNms { get; init; } = 0.5f;

    /// <summary>
    /// IoU with a kept proposal from which suppressed ones contribute to its position, weighted by probability (box
    /// voting). From 0 to 1; null (the default): none does, as in the paper.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Range(0.0, 1.0)]
    public float? ProposalVote { get; init; }

    /// <summary>
    /// Share of a proposal from which it is dropped, as it is no face of its own: the share within a much larger one
    /// that is a face rather than not (an eye, a nose), or within all faces together that are sure and surer than it (a
    /// piece of a large face, a box between two). From 0 to 1; null (the default): none is, as in the paper.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Range(0.0, 1.0)]
    public float? PartWithin { get; init; }

    /// <summary>
    /// How the scores of several passes over one place are combined; null (the default): the highest counts.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AveragingSection? Averaging { get; init; }

    /// <summary>Maximum number of proposals that reach the second stage. Default 600.</summary>
    [Range(1, int.MaxValue)]
    public int MaxProposals { get; init; } = 600;

    /// <summary>Which candidates go to the second stage; null (the default): all of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonPropertyName("doubt")]
    public Stage2BandSection? Stage2Band { get; init; }

    /// <summary>How the two stages' scores are fused.</summary>
    public FusionSection Fusion { get; init; } = new();

    /// <summary>IoU above which the weaker of two faces is suppressed. From 0 to 1, default 0.4.</summary>
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

    /// <summary>The same without a focus: at every size the whole image is searched.</summary>
    public DetectionSection WithoutFocus() =>
        this with { Scales = [.. Scales.Select(step => step with { Focus = null })] };
}
