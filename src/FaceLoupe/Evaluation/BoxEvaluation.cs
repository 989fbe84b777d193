namespace FaceLoupe.Evaluation;

/// <summary>The scores of a detector on an annotated set of images.</summary>
/// <param name="Pictures">Images scored.</param>
/// <param name="Predictions">Predictions read, counted or ignored.</param>
/// <param name="Bands">The result by size of the faces, in the order of the options.</param>
public sealed record BoxEvaluation(int Pictures, int Predictions, IReadOnlyList<BandResult> Bands)
{
    /// <summary>The result of a band by its name.</summary>
    /// <exception cref="InvalidOperationException">There is no such band.</exception>
    public BandResult this[string band] => Bands.First(result => result.Band.Name == band);
}

/// <summary>
/// The result for faces of one size band. Shares are from 0 to 1, and null if the band holds no face.
/// </summary>
/// <param name="Band">The band.</param>
/// <param name="Faces">Faces that count.</param>
/// <param name="Curve">The exact precision-recall curve; null if there is no face.</param>
/// <param name="ProposalRecall">Share of the faces found by the best predictions of an image (600 by default).</param>
/// <param name="RecallAtThreshold">Share of the faces found from the threshold upwards.</param>
/// <param name="FalsePositivesPerPicture">False alarms and duplicates per image, from the threshold upwards.</param>
/// <param name="LocalizationError">
/// Mean of 1 - IoU over the found faces, whatever their score; null if none was found.
/// </param>
public sealed record BandResult(
    SizeBand Band,
    int Faces,
    PrecisionRecallCurve? Curve,
    double? ProposalRecall,
    double? RecallAtThreshold,
    double FalsePositivesPerPicture,
    double? LocalizationError)
{
    /// <summary>All-points average precision over all scores; null if there is no face.</summary>
    public double? AveragePrecision => Curve?.AveragePrecision;
}
