using FaceLoupe.Datasets;
using FaceLoupe.Training.Detectors;

namespace FaceLoupe.Training.Labelling;

/// <summary>Gives annotated faces the landmarks that the pseudo-labellers agree on.</summary>
internal static class LandmarkMatch
{
    /// <summary>The annotated faces, those without landmarks with the ones of their best overlapping cluster.</summary>
    public static IReadOnlyList<FaceAnnotation> Of(
        IReadOnlyList<FaceAnnotation> known, IReadOnlyList<BoxCluster> clusters)
    {
        var (faces, taken) = (known.ToArray(), new HashSet<BoxCluster>());
        foreach (var (cluster, face) in BoxRestyler.Pairs(
            known, clusters.Where(cluster => cluster.Landmarks is not null)))
        {
            if (faces[face] is { Landmarks: null, Invalid: false } && taken.Add(cluster))
            {
                faces[face] = faces[face] with { Landmarks = cluster.Landmarks };
            }
        }

        return faces;
    }
}
