using FaceLoupe.Geometry;
using FaceLoupe.Predictions;
using FaceLoupe.Training.Detectors;

namespace FaceLoupe.Training.Labelling;

/// <summary>What the teachers see in an image, and what was made of it.</summary>
/// <param name="Boxes">The boxes of each teacher.</param>
/// <param name="Clusters">The same brought together, the most confident first.</param>
/// <param name="Labels">The labels.</param>
/// <param name="Restyled">The teachers' box for each annotated face; null where they agree on none.</param>
internal sealed record PictureFindings(
    IReadOnlyList<IReadOnlyList<ScoredBox>> Boxes,
    IReadOnlyList<BoxCluster> Clusters,
    PictureLabels Labels,
    IReadOnlyList<Box?> Restyled);
