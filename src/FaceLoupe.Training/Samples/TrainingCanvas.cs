using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples.Layout;

namespace FaceLoupe.Training.Samples;

/// <summary>One training image made of parts of others, as a camera far away would have taken it.</summary>
/// <param name="Degraded">The square canvas after blur, noise and JPEG.</param>
/// <param name="HighResolution">
/// The same view from the originals, larger by <see cref="CanvasOptions.HighResolutionFactor"/>; same light, no
/// degradation.
/// </param>
/// <param name="Faces">
/// Faces to find, in pixels of <paramref name="Degraded"/>; a face cut by a border keeps its whole box.
/// </param>
/// <param name="Ignored">
/// Faces too small, cut too much or flagged invalid, clipped to their part of the canvas: neither faces nor background.
/// </param>
internal sealed record TrainingCanvas(
    Picture Degraded, Picture? HighResolution, IReadOnlyList<Box> Faces, IReadOnlyList<Box> Ignored)
{
    /// <summary>
    /// The landmarks of each face, in pixels of <see cref="Degraded"/>, null if they are not known; empty: of none.
    /// </summary>
    public IReadOnlyList<FaceLandmarks?> Landmarks { get; init; } = [];

    /// <summary>
    /// True when a part comes from a source with missing annotations: what looks like a false alarm may be a face.
    /// </summary>
    public bool UnlabelledFacesLikely { get; init; }

    /// <summary>Name of the image where it is a whole one, as its annotations have it. Default empty.</summary>
    public string Name { get; init; } = "";
}
