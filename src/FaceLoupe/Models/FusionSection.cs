using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace FaceLoupe.Models;

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
    /// Subtracted from the weighted sum, times the distance of the landmarks from the shape of a face (<see
    /// cref="Geometry.FaceLandmarks.ShapeDistance"/>). From 0 (the default: landmarks have no effect).
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
