using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Training.Regions;

/// <summary>One training sample of stage 2.</summary>
/// <param name="Low">The region as the camera saw it, L x L.</param>
/// <param name="High">
/// The same window of the original, 4L x 4L; of the image as the camera saw it when <paramref name="IsNative"/>.
/// </param>
/// <param name="IsFace">Face or non-face.</param>
/// <param name="Logit">Stage 1's score.</param>
/// <param name="IoU">Overlap with the nearest face.</param>
/// <param name="Side">Longer side of the un-enlarged proposal in pixels of the canvas.</param>
/// <param name="Delta">Box delta to the face.</param>
/// <param name="IsNative">The window has native resolution: it goes to D without G.</param>
internal sealed record RegionSample(
    Picture Low, Picture High, bool IsFace, float Logit, float IoU, float Side, BoxDelta Delta, bool IsNative = false)
{
    /// <summary>
    /// Landmarks of the face, from the centre of the un-enlarged proposal in shares of its sides; null: not known.
    /// </summary>
    public FaceLandmarks? Landmarks { get; init; }
}
