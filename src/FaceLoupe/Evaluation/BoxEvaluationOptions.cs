using System.ComponentModel.DataAnnotations;
using FaceLoupe.Validation;

namespace FaceLoupe.Evaluation;

/// <summary>Options of a <see cref="BoxEvaluator"/>.</summary>
public sealed record BoxEvaluationOptions
{
    /// <summary>
    /// Minimum IoU of a prediction and its face, continuous coordinates, above 0 and up to 1. Default 0.5.
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public float IouThreshold { get; init; } = 0.5f;

    /// <summary>
    /// Score from which a prediction is reported to users, on the scale of the predictions; false alarms are counted
    /// there. Default 0.5.
    /// </summary>
    [Range(double.MinValue, double.MaxValue)]
    public double Threshold { get; init; } = 0.5;

    /// <summary>
    /// How many of the best predictions of an image count for the recall of proposals, at least 1. Default 600.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int ProposalBudget { get; init; } = 600;

    /// <summary>The size bands to score, at least one. Default <see cref="SizeBand.Standard"/>.</summary>
    public IReadOnlyList<SizeBand> Bands { get; init; } = SizeBand.Standard;

    /// <summary>Refuses invalid options, all faults in one line.</summary>
    internal void Validate() => OptionRules.Check(
        this, "Evaluation options", Bands.Count == 0 ? ["Bands is empty, expected at least one"] : []);
}
