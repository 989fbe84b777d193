using System.ComponentModel.DataAnnotations;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Optimisation;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages.Options;

/// <summary>Options of adversarial training.</summary>
internal sealed record GanStageOptions : GeneratorStageOptions, IValidatableObject
{
    /// <summary>Learning rate of D relative to G's. Default 1, as in the paper.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double DiscriminatorRateFactor { get; init; } = 1;

    /// <summary>Share of native RoIs (see regions.nativeAbove) in a batch, 0 to below 1. Default 0.5.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double NativeShare { get; init; } = 0.5;

    /// <summary>Steps of D for each step of G, the paper's k. Default 1, as in the paper.</summary>
    [Range(1, int.MaxValue)]
    public int DiscriminatorSteps { get; init; } = 1;

    /// <summary>
    /// Initialises the common stages of D's trunk with those of stage 1 instead of ImageNet weights. Default false, as
    /// in the paper.
    /// </summary>
    public bool TrunkFromProposals { get; init; }

    /// <summary>Only D is taken from startFrom; G is that of this training's generator stage. Default false.</summary>
    public bool KeepGenerator { get; init; }

    /// <summary>A trained discriminator to distil from (<see cref="DistillationLoss"/>). Default none.</summary>
    public TeacherOptions Teacher { get; init; } = new();

    /// <summary>Decay per step of D's averaged weights, which are exported. Default 0.998.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double AverageDecay { get; init; } = 0.998;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (KeepGenerator && StartFrom is null)
        {
            yield return new("keepGenerator needs a startFrom, without which G is this training's own anyway: name one "
                + "or drop it");
        }

        if (Teacher.Prune && (StartFrom is not null || TrunkFromProposals))
        {
            yield return new("a network that is pruned from its teacher has no startFrom and no trunkFromProposals: "
                + "drop one of them");
        }
    }
}
