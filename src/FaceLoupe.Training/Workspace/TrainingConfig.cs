using System.ComponentModel.DataAnnotations;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Mining;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Samples.Layout;
using FaceLoupe.Training.Samples.Sources;
using FaceLoupe.Training.Stages.Options;
using FaceLoupe.Validation;

namespace FaceLoupe.Training.Workspace;

/// <summary>All options of a training: the content of a file of configs/.</summary>
internal sealed record TrainingConfig : IValidatableObject
{
    /// <summary>Name of the preset, stored in the manifests of exported models.</summary>
    [NotBlank]
    public string Name { get; init; } = "default";

    /// <summary>Seed of all random choices. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Training images.</summary>
    public IReadOnlyList<SourceOptions> Data { get; init; } = [];

    /// <summary>Images for validation during training; none by default.</summary>
    public IReadOnlyList<SourceOptions> ValidationData { get; init; } = [];

    /// <summary>Options of canvases.</summary>
    public CanvasOptions Canvas { get; init; } = new();

    /// <summary>Sizes of the RoIs of stage 2.</summary>
    public RegionOptions Regions { get; init; } = new();

    /// <summary>MB-FCN.</summary>
    public ProposalNetworkOptions ProposalNetwork { get; init; } = new();

    /// <summary>G.</summary>
    public GeneratorOptions GeneratorNetwork { get; init; } = new();

    /// <summary>D.</summary>
    public DiscriminatorOptions DiscriminatorNetwork { get; init; } = new();

    /// <summary>Weights and switches of Eq. (9) to (11).</summary>
    public LossOptions Losses { get; init; } = new();

    /// <summary>The stage that trains MB-FCN.</summary>
    public ProposalStageOptions Proposals { get; init; } = new();

    /// <summary>The stage that crops faces and non-faces.</summary>
    public MiningOptions Mine { get; init; } = new();

    /// <summary>The stage that trains G on the pixel-wise loss alone.</summary>
    public GeneratorStageOptions Generator { get; init; } = new();

    /// <summary>Adversarial training of G and D.</summary>
    public GanStageOptions Gan { get; init; } = new();

    /// <summary>Detection settings of a model exported from this run.</summary>
    public ExportOptions Export { get; init; } = new();

    /// <summary>Options of faceloupe-train ablate.</summary>
    public AblationOptions Ablation { get; init; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Canvas.Size % ProposalNetwork.SizeMultiple != 0)
        {
            var stride = ProposalNetwork.SizeMultiple;
            yield return new(FormattableString.Invariant(
                $"canvas.size must be a multiple of the trunk's stride {stride}, was {Canvas.Size}"));
        }

        if (Canvas.MistakeWeight > 0 && Data.All(source => source.Detections is null))
        {
            yield return new("canvas.mistakeWeight needs an entry of data with detections, which say where a detector "
                + "errs");
        }

        if (DiscriminatorNetwork is { LandmarkCells: > 0 and var cells }
            && DiscriminatorNetwork.MapSide(Regions.HighResolution) % cells != 0)
        {
            yield return new(FormattableString.Invariant(
                $"discriminatorNetwork.landmarkCells {cells} must divide the side of the trunk's last map, which is ")
                + FormattableString.Invariant($"{DiscriminatorNetwork.MapSide(Regions.HighResolution)} here"));
        }
    }
}
