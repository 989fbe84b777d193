using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Training.Detectors;

namespace FaceLoupe.Training.Labelling;

/// <summary>Decides for each place of an image: a face, a place to ignore, or background.</summary>
internal sealed class PictureLabeller(LabelOptions options)
{
    // A new face that lies this far within a known one may be the known one in another convention.
    private const float OnKnownFace = 0.1f;

    // A face fills much of its head: a much smaller "face" is a nose, a larger one belongs to another head.
    private const float InHead = 0.7f;
    private const float LeastShareOfHead = 0.2f;

    /// <summary>Labels an image.</summary>
    /// <param name="known">The existing annotations.</param>
    /// <param name="clusters">The fused boxes of the pseudo-labellers, most confident first.</param>
    /// <param name="width">The image's width, to which new boxes are clipped.</param>
    /// <param name="height">The image's height.</param>
    public PictureLabels Label(
        IReadOnlyList<FaceAnnotation> known, IReadOnlyList<BoxCluster> clusters, float width, float height)
    {
        var seen = clusters.Where(cluster => cluster.Highest >= options.IgnoreScore)
            .Select(cluster => (Cluster: cluster, Box: cluster.Box.Clip(width, height)))
            .Where(place => place.Box.IsValid)
            .ToArray();
        return options.Kind switch
        {
            LabelKind.Faces => Complete(known, seen),
            LabelKind.Heads => Confirm(known, seen),
            _ => new PictureLabels([], [], [.. seen.Select(place => Ignore(place.Box))]),
        };
    }

    private PictureLabels Complete(IReadOnlyList<FaceAnnotation> known, (BoxCluster Cluster, Box Box)[] seen)
    {
        var (faces, ignored) = (new List<FaceAnnotation>(), new List<FaceAnnotation>());
        foreach (var (cluster, box) in seen.Where(
            place => !known.Any(face => DetectorFusion.SamePlace(place.Box, face.Box))))
        {
            var stands = IsFace(cluster) && !known.Any(face => Overlap.Coverage(box, face.Box) > OnKnownFace);
            (stands ? faces : ignored).Add(
                new FaceAnnotation(box, Invalid: !stands) { Landmarks = stands ? cluster.Landmarks : null });
        }

        return new PictureLabels(known, faces, ignored);
    }

    // Within a head one confident detector is enough; elsewhere all of them may be wrong.
    private PictureLabels Confirm(IReadOnlyList<FaceAnnotation> heads, (BoxCluster Cluster, Box Box)[] seen)
    {
        var free = heads.ToList();
        var (faces, ignored) = (new List<FaceAnnotation>(), new List<FaceAnnotation>());
        foreach (var (cluster, box) in seen)
        {
            var agreed = IsFace(cluster);
            var head = free
                .Where(candidate => agreed ? DetectorFusion.SamePlace(box, candidate.Box) : Fits(box, candidate.Box))
                .MaxBy(candidate => Overlap.IoU(box, candidate.Box));
            if (head is not null && (agreed || cluster.Highest >= options.MinScore))
            {
                faces.Add(new FaceAnnotation(box) { Landmarks = cluster.Landmarks });
                free.Remove(head);
            }
            else
            {
                ignored.Add(Ignore(box));
            }
        }

        return new PictureLabels([], faces, [.. free.Select(head => Ignore(head.Box)), .. ignored]);
    }

    private bool IsFace(BoxCluster cluster) => cluster.DetectorCount >= options.Agree
        && cluster.Mean >= options.MinScore;

    private static bool Fits(in Box face, in Box head) =>
        Overlap.Coverage(face, head) >= InHead && face.Area >= LeastShareOfHead * head.Area;

    private static FaceAnnotation Ignore(in Box box) => new(box, Invalid: true);
}
