using FaceLoupe.Datasets;

namespace FaceLoupe.Training.Labelling;

/// <summary>The labels of one image.</summary>
/// <param name="Kept">Existing annotations.</param>
/// <param name="Added">New faces.</param>
/// <param name="Ignored">Places to ignore in training.</param>
internal sealed record PictureLabels(
    IReadOnlyList<FaceAnnotation> Kept, IReadOnlyList<FaceAnnotation> Added, IReadOnlyList<FaceAnnotation> Ignored)
{
    /// <summary>The annotations before redrawing; empty if they were not redrawn.</summary>
    public IReadOnlyList<FaceAnnotation> Replaced { get; init; } = [];

    /// <summary>All rows of the image, faces before places to ignore.</summary>
    public IReadOnlyList<FaceAnnotation> All => [.. Kept, .. Added, .. Ignored];
}
