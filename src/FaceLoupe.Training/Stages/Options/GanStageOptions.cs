using System.ComponentModel.DataAnnotations;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Optimisation;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages.Options;

/// <summary>Options of the stage that trains G and D in turn.</summary>
internal sealed record GanStageOptions : GeneratorStageOptions, IValidatableObject
{
    /// <summary>Learning rate of the discriminator over the generator's. Default 1, as in the paper.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double DiscriminatorRateFactor { get; init; } = 1;

    /// <summary>
    /// Part of a batch that are native regions (see regions.nativeAbove), which D sees as the camera took them, 0 to
    /// below 1; without effect where none were mined. Default 0.5.
    /// </summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double NativeShare { get; init; } = 0.5;

    /// <summary>Steps of D for each step of G, the paper's k. Default 1, as in the paper.</summary>
    [Range(1, int.MaxValue)]
    public int DiscriminatorSteps { get; init; } = 1;

    /// <summary>
    /// D's trunk begins with what stage 1's learnt, stage by stage as far as the two are shaped alike, instead of with
    /// ImageNet weights alone: it then knows tiny faces from the first step. Default false, as in the paper.
    /// </summary>
    public bool TrunkFromProposals { get; init; }

    /// <summary>
    /// Only D begins with that of startFrom; G is the one that this training's generator stage made. Default false.
    /// </summary>
    public bool KeepGenerator { get; init; }

    /// <summary>A trained discriminator to learn from (<see cref="DistillationLoss"/>). Default none.</summary>
    public TeacherOptions Teacher { get; init; } = new();

    /// <summary>Decay of D's averaged weights, which are exported, per step. Default 0.998.</summary>
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
