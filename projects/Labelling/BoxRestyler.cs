using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Training.Detectors;

namespace FaceLoupe.Training.Labelling;

/// <summary>
/// Redraws the boxes of annotated faces in the convention of the pseudo-labellers: their fused box where enough of them
/// agree, otherwise a mapping fitted to the faces on which they agree.
/// </summary>
/// <param name="agree">How many pseudo-labellers must find a face for their box to count.</param>
internal sealed class BoxRestyler(int agree)
{
    // Minimum IoU of the fused box and the annotated one of the same face.
    private const float SameFace = 0.35f;

    /// <summary>How the fused boxes differ from the annotated ones, over all images added so far.</summary>
    public BoxStyle Style { get; } = new("restyled");

    /// <summary>The fused box for each annotated face; null if the pseudo-labellers do not agree on one.</summary>
    /// <param name="known">The annotated faces.</param>
    /// <param name="clusters">The fused boxes of the pseudo-labellers.</param>
    public Box?[] Match(IReadOnlyList<FaceAnnotation> known, IReadOnlyList<BoxCluster> clusters)
    {
        var (boxes, taken) = (new Box?[known.Count], new HashSet<BoxCluster>());
        foreach (var (cluster, face) in Pairs(known, clusters.Where(cluster => cluster.DetectorCount >= agree)))
        {
            if (boxes[face] is null && taken.Add(cluster))
            {
                boxes[face] = cluster.Box;
                Style.Add(cluster.Box, known[face].Box);
            }
        }

        return boxes;
    }

    /// <summary>Pairs of fused boxes and annotated faces that may be the same face, best overlap first.</summary>
    public static IEnumerable<(BoxCluster Cluster, int Face)> Pairs(
        IReadOnlyList<FaceAnnotation> known, IEnumerable<BoxCluster> clusters) =>
        from cluster in clusters
        from face in Enumerable.Range(0, known.Count)
        let overlap = Overlap.IoU(cluster.Box, known[face].Box)
        where overlap >= SameFace
        orderby overlap descending
        select (cluster, face);

    /// <summary>The annotated faces with their new boxes.</summary>
    /// <param name="known">The annotated faces.</param>
    /// <param name="boxes">The fused boxes of <see cref="Match"/>, one per face.</param>
    public IReadOnlyList<FaceAnnotation> Redraw(IReadOnlyList<FaceAnnotation> known, IReadOnlyList<Box?> boxes) =>
        [.. known.Select((face, i) => face with { Box = boxes[i] ?? Style.Map(face.Box) })];
}
