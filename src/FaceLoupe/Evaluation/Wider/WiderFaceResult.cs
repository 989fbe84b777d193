namespace FaceLoupe.Evaluation.Wider;

/// <summary>Scores of predictions on WIDER FACE.</summary>
/// <param name="Settings">One result per setting: easy, medium, hard.</param>
/// <param name="Pictures">Images of the ground truth.</param>
/// <param name="Predictions">Boxes read for them.</param>
/// <param name="Missing">Images without a file of predictions; their faces count as missed.</param>
/// <param name="Unknown">Files of predictions that belong to no image; not read.</param>
public sealed record WiderFaceResult(
    IReadOnlyList<WiderFaceSettingResult> Settings,
    int Pictures,
    int Predictions,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unknown)
{
    /// <summary>The result of a setting.</summary>
    public WiderFaceSettingResult this[WiderFaceSetting setting] => Settings[(int)setting];
}

/// <summary>The result of one setting.</summary>
/// <param name="Setting">Which.</param>
/// <param name="Faces">Faces that count.</param>
/// <param name="Official">
/// The toolkit's curve: 1,000 thresholds on normalised scores. Its AP is the published figure.
/// </param>
/// <param name="Exact">The curve with a point for every score.</param>
public sealed record WiderFaceSettingResult(
    WiderFaceSetting Setting, int Faces, PrecisionRecallCurve Official, PrecisionRecallCurve Exact);
