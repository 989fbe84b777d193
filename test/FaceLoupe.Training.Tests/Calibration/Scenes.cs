using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Training.Calibration;

namespace FaceLoupe.Training.Tests.Calibration;

/// <summary>Made-up candidates: a face of 10 px at every hundredth px, and what two stages think of it.</summary>
internal static class Scenes
{
    public static Box Face(int i) => new(100 * i, 0, 10, 10);

    /// <summary>An image with so many faces, whose first candidates lie on them and the others beside.</summary>
    public static (AnnotatedPicture, Candidate[]) Picture(int faces, params Candidate[] candidates) =>
        (new AnnotatedPicture(
            "a.png", "a.png", [.. Enumerable.Range(0, faces).Select(i => new FaceAnnotation(Face(i)))]), candidates);

    public static Candidate At(int place, float stage1, float stage2, bool native = false, float tx = 0) =>
        new(Face(place), stage1, stage2, new BoxDelta(tx, 0, 0, 0), native);
}
