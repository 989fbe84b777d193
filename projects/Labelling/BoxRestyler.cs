using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Training.Detectors;

namespace FaceLoupe.Training.Labelling;

/// <summary>
/// Redraws the boxes of annotated faces as the pseudo-labellers draw them. Where several of them agree on a face, their
/// fused box takes its place; where they do not, a map fitted to all faces of the first kind moves and resizes the box.
/// </summary>
/// <param name="agree">How many pseudo-labellers must see a face for their box to count.</param>
internal sealed class BoxRestyler(int agree)
{
    /// <summary>Least IoU of the fused box and the annotated one for both to mean the same face.</summary>
    public const float SameFace = 0.35f;

    /// <summary>How the fused boxes differ from the annotated ones, over all images added so far.</summary>
    public BoxStyle Style { get; } = new("restyled");

    /// <summary>The fused box for each annotated face; null if the pseudo-labellers do not agree on one.</summary>
    /// <param name="known">The annotated faces.</param>
    /// <param name="clusters">What the pseudo-labellers see.</param>
    public Box?[] Match(IReadOnlyList<FaceAnnotation> known, IReadOnlyList<BoxCluster> clusters)
    {
        var pairs = from cluster in clusters
                    where cluster.DetectorCount >= agree
                    from face in Enumerable.Range(0, known.Count)
                    let overlap = Overlap.IoU(cluster.Box, known[face].Box)
                    where overlap >= SameFace
                    orderby overlap descending
                    select (cluster, face);
        var (boxes, taken) = (new Box?[known.Count], new HashSet<BoxCluster>());
        foreach (var (cluster, face) in pairs)
        {
            if (boxes[face] is null && taken.Add(cluster))
            {
                boxes[face] = cluster.Box;
                Style.Add(cluster.Box, known[face].Box);
            }
        }

        return boxes;
    }

    /// <summary>The annotated faces with their new boxes.</summary>
    /// <param name="known">The annotated faces.</param>
    /// <param name="boxes">The fused boxes of <see cref="Match"/>, one per face.</param>
    public IReadOnlyList<FaceAnnotation> Redraw(IReadOnlyList<FaceAnnotation> known, IReadOnlyList<Box?> boxes) =>
        [.. known.Select((face, i) => face with { Box = boxes[i] ?? Style.Map(face.Box) })];
}
