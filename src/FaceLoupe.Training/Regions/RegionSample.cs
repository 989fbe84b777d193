using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Training.Regions;

/// <summary>One training sample of stage 2.</summary>
/// <param name="Low">The degraded RoI, L x L.</param>
/// <param name="High">The window of the original, 4L x 4L; of the degraded image if native.</param>
/// <param name="IsFace">Face or non-face.</param>
/// <param name="Logit">Stage 1's score.</param>
/// <param name="IoU">Overlap with the nearest face.</param>
/// <param name="Side">Longer side of the un-enlarged proposal in pixels of the canvas.</param>
/// <param name="Delta">Box delta to the face.</param>
/// <param name="IsNative">Whether the window has native resolution and skips G.</param>
internal sealed record RegionSample(
    Picture Low, Picture High, bool IsFace, float Logit, float IoU, float Side, BoxDelta Delta, bool IsNative = false)
{
    /// <summary>
    /// How likely it is a face, 0 to 1, which D is to learn; without other detectors 1 for a face and 0 otherwise.
    /// </summary>
    public float Chance { get; init; } = IsFace ? 1 : 0;

    /// <summary>Landmarks of the face, from the proposal's centre in shares of its sides; null: unknown.</summary>
    public FaceLandmarks? Landmarks { get; init; }
}
