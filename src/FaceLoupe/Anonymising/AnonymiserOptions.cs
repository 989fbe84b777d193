namespace FaceLoupe.Anonymising;

/// <summary>How an <see cref="Anonymiser"/> finds and hides faces: the same for command, library and server.</summary>
public sealed record AnonymiserOptions
{
    /// <summary>How faces are hidden. Default: the default masks.</summary>
    public MaskOptions Mask { get; init; } = new();

    /// <summary>
    /// Share of the faces to be hidden, from 0 to 1, by a threshold that was measured; null (the default): not given.
    /// See <see cref="ThresholdChoice.Of(Models.ModelManifest, float?, float?)"/>.
    /// </summary>
    public float? TargetRecall { get; init; }

    /// <summary>Lowest score of a masked region, from 0 to 1; null (the default): not given.</summary>
    public float? MinScore { get; init; }

    /// <summary>
    /// A threshold that was tested on images like these; null (the default): none. Replaces <see cref="TargetRecall"/>
    /// and <see cref="MinScore"/>.
    /// </summary>
    public MaskCertificate? Certificate { get; init; }

    /// <summary>
    /// Longer side of the smallest face that is masked, in pixels, from 0 (the default: any). Smaller ones stay
    /// visible; above 8, images are enlarged less, which takes less time.
    /// </summary>
    public float MinFace { get; init; }

    /// <summary>Which stages run. Default: both; the recall of the first stage alone was not measured.</summary>
    public DetectionStages Stages { get; init; } = DetectionStages.Both;
}
