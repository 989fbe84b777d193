using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FaceLoupe.Models;
using FaceLoupe.Validation;

namespace FaceLoupe.Training.Workspace;

/// <summary>The chosen, not trained, part of a model's manifest; see <see cref="DetectionSection"/>.</summary>
internal sealed record ExportOptions
{
    /// <summary>Version of the model. Default 0.1.0.</summary>
    [NotBlank]
    public string Version { get; init; } = "0.1.0";

    /// <summary>What the model finds, see <see cref="ModelManifest.Category"/>. Null (the default): faces.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [NotBlank(ErrorMessage = "must name what is found or be left out")]
    public string? Category { get; init; }

    /// <summary>Store kernels as 16-bit floats: half the file size, errors of about 1e-3. Default true.</summary>
    public bool Half { get; init; } = true;

    /// <summary>
    /// Sizes at which images are searched. Default: twice the size for faces up to 56 px, half for those from 48 px on,
    /// in px of the image. At twice the size, larger faces would be detected in parts.
    /// </summary>
    [MinLength(1, ErrorMessage = "must name at least one factor")]
    public IReadOnlyList<ScaleStep> Scales { get; init; } = [new(2, 0, 56), new(0.5f, 48)];

    /// <summary>Lowest stage 1 score that reaches stage 2. Default 0.05.</summary>
    public float ProposalThreshold { get; init; } = 0.05f;

    /// <summary>Default 0.5.</summary>
    public float ProposalNms { get; init; } = 0.5f;

    /// <summary>IoU of box voting of suppressed proposals; null (the default): no box voting.</summary>
    public float? ProposalVote { get; init; }

    /// <summary>See <see cref="DetectionSection.PartWithin"/>.</summary>
    public float? PartWithin { get; init; }

    /// <summary>See <see cref="DetectionSection.Averaging"/>.</summary>
    public AveragingSection? Averaging { get; init; }

    /// <summary>Default 600, as in the paper.</summary>
    public int MaxProposals { get; init; } = 600;

    /// <summary>How the scores of both stages are fused.</summary>
    public FusionSection Fusion { get; init; } = new();

    /// <summary>Default 0.4.</summary>
    public float FinalNms { get; init; } = 0.4f;

    /// <summary>Score from which a box counts as a face. Default 0.5.</summary>
    public float Threshold { get; init; } = 0.5f;

    /// <summary>
    /// Side of context windows from which they skip the generator, px; null: regions.nativeAbove, or if that is null
    /// the high-resolution side.
    /// </summary>
    public float? RouteAbove { get; init; }

    public DetectionSection ToDetection() => new()
    {
        Scales = Scales,
        ProposalThreshold = ProposalThreshold,
        ProposalNms = ProposalNms,
        ProposalVote = ProposalVote,
        PartWithin = PartWithin,
        Averaging = Averaging,
        MaxProposals = MaxProposals,
        Fusion = Fusion,
        FinalNms = FinalNms,
        Threshold = Threshold,
    };
}
