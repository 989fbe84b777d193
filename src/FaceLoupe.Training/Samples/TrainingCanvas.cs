using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Predictions;
using FaceLoupe.Training.Samples.Layout;

namespace FaceLoupe.Training.Samples;

/// <summary>One training image made of parts of others, as a distant camera would see it.</summary>
/// <param name="Degraded">The square canvas after blur, noise and JPEG.</param>
/// <param name="HighResolution">
/// The same view of the originals, larger by <see cref="CanvasOptions.HighResolutionFactor"/>, with the same light,
/// without degradation.
/// </param>
/// <param name="Faces">Faces, in pixels of <paramref name="Degraded"/>; a cut face keeps its whole box.</param>
/// <param name="Ignored">Ignored places: faces that are too small, too much cut or invalid, clipped.</param>
internal sealed record TrainingCanvas(
    Picture Degraded, Picture? HighResolution, IReadOnlyList<Box> Faces, IReadOnlyList<Box> Ignored)
{
    /// <summary>The degraded canvas before its enlargement; null: it is not enlarged.</summary>
    public Picture? Native { get; init; }

    /// <summary>Landmarks of each face, in pixels of <see cref="Degraded"/>; null: unknown; empty: all are.</summary>
    public IReadOnlyList<FaceLandmarks?> Landmarks { get; init; } = [];

    /// <summary>Whether annotations may be missing: a false positive may be a face.</summary>
    public bool UnlabelledFacesLikely { get; init; }

    /// <summary>Name of a whole image in its annotations. Default empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>What a detector sees of the canvas as it was before its enlargement, in pixels of the canvas.</summary>
    /// <param name="detect">Finds faces in an image.</param>
    public IReadOnlyList<ScoredBox> SeenBy(Func<Picture, IReadOnlyList<ScoredBox>> detect)
    {
        var native = Native ?? Degraded;
        var enlargement = (float)Degraded.Width / native.Width;
        return [.. detect(native).Select(found => found with { Box = found.Box.Scale(enlargement) })];
    }
}
