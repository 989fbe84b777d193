namespace FaceLoupe.Evaluation;

/// <summary>Options of a <see cref="BoxEvaluator"/>.</summary>
public sealed record BoxEvaluationOptions
{
    /// <summary>
    /// Least IoU of a prediction and its face, continuous coordinates, above 0 and up to 1. Default 0.5.
    /// </summary>
    public float IouThreshold { get; init; } = 0.5f;

    /// <summary>
    /// Score from which a prediction is reported to users, on the scale of the predictions; false alarms are counted
    /// there. Default 0.5.
    /// </summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>
    /// So many best predictions of a picture count for the recall of proposals, at least 1. Default 600.
    /// </summary>
    public int ProposalBudget { get; init; } = 600;

    /// <summary>The size bands to score, at least one. Default <see cref="SizeBand.Standard"/>.</summary>
    public IReadOnlyList<SizeBand> Bands { get; init; } = SizeBand.Standard;

    /// <summary>Refuses impossible options, all faults in one line.</summary>
    internal void Validate()
    {
        var faults = new List<string>();
        if (!(IouThreshold is > 0 and <= 1))
        {
            faults.Add(FormattableString.Invariant($"IouThreshold is {IouThreshold}, not above 0 and up to 1"));
        }

        if (!double.IsFinite(Threshold))
        {
            faults.Add(FormattableString.Invariant($"Threshold is {Threshold}, not finite"));
        }

        if (ProposalBudget < 1)
        {
            faults.Add(FormattableString.Invariant($"ProposalBudget is {ProposalBudget}, not at least 1"));
        }

        if (Bands.Count == 0)
        {
            faults.Add("Bands is empty, wanted at least one");
        }

        if (faults.Count > 0)
        {
            throw new FaceLoupeException($"Evaluation options: {string.Join("; ", faults)}.");
        }
    }
}
