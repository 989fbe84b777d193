using FaceLoupe.Geometry;

namespace FaceLoupe.Training.Mining;

/// <summary>A labelled RoI of a canvas.</summary>
/// <param name="Box">The proposal, in pixels of the canvas.</param>
/// <param name="Logit">Stage 1's logit; 0 for a jittered copy of a true box.</param>
/// <param name="IsFace">Face or non-face.</param>
/// <param name="IoU">Overlap with the nearest face.</param>
/// <param name="Delta">
/// Box delta to that face, or to the one that only other detectors see there; zero for background.
/// </param>
internal sealed record LabelledRegion(Box Box, float Logit, bool IsFace, float IoU, BoxDelta Delta)
{
    /// <summary>How likely it is a face, 0 to 1; without other detectors 1 for a face and 0 otherwise.</summary>
    public float Chance { get; init; } = IsFace ? 1 : 0;

    /// <summary>Landmarks of that face, from the proposal's centre in shares of its sides; null: unknown.</summary>
    public FaceLandmarks? Landmarks { get; init; }
}
