using FaceLoupe.Geometry;

namespace FaceLoupe.Training.Detectors;

/// <summary>Fuses the boxes of several detectors.</summary>
internal static class DetectorFusion
{
    /// <summary>Minimum IoU of two detectors' boxes on one face.</summary>
    public const float SameFace = 0.5f;

    /// <summary>
    /// Clusters, most confident first. In descending order of confidence, each box joins the cluster that it overlaps
    /// best or starts a new one. A box on a cluster that already has one of its detector, or that it fits badly, is
    /// dropped.
    /// </summary>
    public static IReadOnlyList<BoxCluster> Fuse(IEnumerable<DetectorBox> boxes)
    {
        var clusters = new List<BoxCluster>();
        foreach (var box in boxes.OrderByDescending(box => box.Confidence).ThenBy(box => box.Detector))
        {
            var (nearest, overlap) = Nearest(box.Box, clusters);
            if (overlap >= SameFace && !nearest!.Has(box.Detector))
            {
                nearest.Add(box);
            }
            else if (!clusters.Exists(cluster => SamePlace(box.Box, cluster.Box)))
            {
                clusters.Add(new BoxCluster(box));
            }
        }

        return clusters;
    }

    /// <summary>Whether two boxes are probably one face: they overlap, or one lies within the other.</summary>
    public static bool SamePlace(in Box a, in Box b) =>
        Overlap.IoU(a, b) >= 0.3f || Overlap.Coverage(a, b) >= 0.6f || Overlap.Coverage(b, a) >= 0.6f;

    private static (BoxCluster? Cluster, float Overlap) Nearest(in Box box, List<BoxCluster> clusters)
    {
        var (nearest, best) = ((BoxCluster?)null, 0f);
        foreach (var cluster in clusters)
        {
            var overlap = Overlap.IoU(box, cluster.Box);
            if (overlap > best)
            {
                (nearest, best) = (cluster, overlap);
            }
        }

        return (nearest, best);
    }
}
