using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace FaceLoupe.Training.Stages.Options;

/// <summary>A finished training from which a stage is distilled; not in the paper.</summary>
internal sealed record TeacherOptions : IValidatableObject
{
    /// <summary>
    /// Folder of the training (its --run), whose network of this stage is the teacher, usually a larger one; MB-FCN's
    /// must have the same anchors. Null (the default): no teacher.
    /// </summary>
    public string? Run { get; init; }

    /// <summary>Weight of distillation, relative to 1 for the annotations. Default 1.</summary>
    [Range(0.0, double.MaxValue)]
    public double Weight { get; init; } = 1;

    /// <summary>
    /// Channel pruning: initialises the network with the most important part of the teacher's (<see
    /// cref="Compression.Pruning.TrunkPruning"/>), fits that to the teacher by least squares, and distils features too.
    /// It must be a narrower or shallower one of the same kind. Default false.
    /// </summary>
    [JsonPropertyName("cut")]
    public bool Prune { get; init; }

    /// <summary>Weight of the features, with cut. Default 1.</summary>
    [Range(0.0, double.MaxValue)]
    public double FeatureWeight { get; init; } = 1;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Prune && Run is null)
        {
            yield return new("cut needs the run of a teacher to prune");
        }
    }
}
