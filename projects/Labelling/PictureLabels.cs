using FaceLoupe.Datasets;

namespace FaceLoupe.Training.Labelling;

/// <summary>What became of one image's annotations.</summary>
/// <param name="Kept">Annotations as they were.</param>
/// <param name="Added">New faces.</param>
/// <param name="Ignored">Places to ignore in training.</param>
internal sealed record PictureLabels(
    IReadOnlyList<FaceAnnotation> Kept, IReadOnlyList<FaceAnnotation> Added, IReadOnlyList<FaceAnnotation> Ignored)
{
    /// <summary>The annotations before their boxes were redrawn; empty if they were not.</summary>
    public IReadOnlyList<FaceAnnotation> Replaced { get; init; } = [];

    /// <summary>All rows of the image, faces before places to ignore.</summary>
    public IReadOnlyList<FaceAnnotation> All => [.. Kept, .. Added, .. Ignored];
}
