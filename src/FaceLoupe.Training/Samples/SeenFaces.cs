using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Training.Samples;

/// <summary>
/// What other detectors see of a canvas: how likely its annotated faces are, and faces that have no annotation. An
/// annotated face that they also find is likelier; one that only they find is as likely as they say.
/// </summary>
internal sealed class SeenFaces
{
    /// <summary>What fits a face badly is neither face nor background if the face's score is at least this.</summary>
    public const double Likely = 0.1;

    // Faces below this mean score are ignored.
    private const double LowestScore = 0.03;

    // Minimum IoU of a detector's box and an annotated one of the same face, low because conventions differ.
    private const float SameFace = 0.4f;

    /// <param name="faces">The annotated faces.</param>
    /// <param name="seen">The detectors' boxes, scores from 0 to 1.</param>
    /// <param name="unseenFace">The probability of an annotated face that no detector finds, from 0 to 1.</param>
    public SeenFaces(IReadOnlyList<Box> faces, IReadOnlyList<ScoredBox> seen, float unseenFace)
    {
        Chances =
        [
            .. faces
                .Select(face => seen
                    .Where(found => Overlap.IoU(face, found.Box) >= SameFace)
                    .Max(found => (double?)found.Score))
                .Select(score => unseenFace + ((1 - unseenFace) * (float)(score ?? 0))),
        ];
        Others =
        [
            .. seen
                .OrderByDescending(found => found.Score)
                .TakeWhile(found => found.Score >= LowestScore)
                .Where(found => !faces.Any(face => Overlap.IoU(face, found.Box) >= SameFace)),
        ];
    }

    /// <summary>How likely each annotated face is, 0 to 1.</summary>
    public IReadOnlyList<float> Chances { get; }

    /// <summary>The faces without an annotation, best first.</summary>
    public IReadOnlyList<ScoredBox> Others { get; }
}
