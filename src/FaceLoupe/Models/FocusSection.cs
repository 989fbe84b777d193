namespace FaceLoupe.Models;

/// <summary>
/// Where one of a picture's sizes is looked at: only where the next smaller size suspects faces that this one answers for,
/// and is not sure of them (after AutoFocus, Najibi et al. 2019). Our deviation: the paper looks at whole pictures.
/// </summary>
public sealed record FocusSection
{
    /// <summary>
    /// First-stage probability at the smaller size from which a face is suspected. From 0 to 1, default 0.1.
    /// </summary>
    public float Threshold { get; init; } = 0.1f;

    /// <summary>
    /// First-stage probability at the smaller size from which no closer look is wanted. From 0 to 1; 1 (the default): it is
    /// always wanted.
    /// </summary>
    public float Sure { get; init; } = 1;

    /// <summary>
    /// Longer side, in pixels of the picture, below which the smaller size is never sure enough. At least 0, the default.
    /// </summary>
    public float SureFace { get; init; }

    /// <summary>
    /// What is seen around a suspected face in every direction at least, in pixels of the resized picture; rounded up to
    /// the network's size multiple. At least 0, default 16.
    /// </summary>
    public int Margin { get; init; } = 16;
}
