using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FaceLoupe.Training.Detectors;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Optimisation;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Samples;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages.Options;

/// <summary>Options of the stage that trains the proposal network.</summary>
internal sealed record ProposalStageOptions : LoopOptions, IValidatableObject
{
    /// <summary>Hardest background anchors kept for each face anchor. Default 3.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double NegativesPerPositive { get; init; } = 3;

    /// <summary>
    /// Weight of the box loss, which is a mean over the four deltas; with 4 it is the sum over them, as SSD has it.
    /// Default 1.
    /// </summary>
    [Range(0.0, double.MaxValue)]
    public double RegressionWeight { get; init; } = 1;

    /// <summary>Trains only the branches, on the trunk of startFrom: several times faster. Default false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool BranchesOnly { get; init; }

    /// <summary>Rules for labelling anchors.</summary>
    public AnchorMatchOptions Anchors { get; init; } = new();

    /// <summary>Decay per step of the averaged weights, which are exported. Default 0.998.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double AverageDecay { get; init; } = 0.998;

    /// <summary>A trained MB-FCN to distil from (<see cref="DistillationLoss"/>). Default none.</summary>
    public TeacherOptions Teacher { get; init; } = new();

    /// <summary>
    /// Pseudo-labellers whose scores turn the labels of canvases into probabilities (<see cref="SoftLabels"/>); null
    /// (the default): the annotations alone.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CanvasDetectorOptions? Detectors { get; init; }

    /// <summary>Number of validation canvases for average precision with averaged weights. Default 128.</summary>
    [Range(0, int.MaxValue)]
    public int ValidationCanvases { get; init; } = 128;

    /// <summary>Steps between two validations. Default 200.</summary>
    [Range(1.0, long.MaxValue)]
    public long ValidateEvery { get; init; } = 200;

    /// <summary>Largest norm of the gradient of all weights together. Default 10.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double MaxGradientNorm { get; init; } = 10;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BranchesOnly && StartFrom is null)
        {
            yield return new("branchesOnly needs a trained trunk: name its training in startFrom");
        }

        if (Teacher.Prune && StartFrom is not null)
        {
            yield return new("a network pruned from its teacher (teacher.cut) has no startFrom: drop one of the two");
        }
    }
}
