using FaceLoupe.Geometry;
using FaceLoupe.Predictions;
using FaceLoupe.Training.Detectors;

namespace FaceLoupe.Training.Labelling;

/// <summary>The boxes of the pseudo-labellers in an image, and the resulting labels.</summary>
/// <param name="Boxes">The boxes of each detector.</param>
/// <param name="Clusters">The same boxes fused, most confident first.</param>
/// <param name="Labels">The labels.</param>
/// <param name="Restyled">The fused box for each annotated face; null if the detectors do not agree on one.</param>
internal sealed record PictureFindings(
    IReadOnlyList<IReadOnlyList<ScoredBox>> Boxes, IReadOnlyList<BoxCluster> Clusters, PictureLabels Labels,
    IReadOnlyList<Box?> Restyled);
