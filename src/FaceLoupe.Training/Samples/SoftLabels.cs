using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Training.Samples;

/// <summary>
/// Turns labels into chances by what other detectors see on the same canvas. An annotated face that they see as well is
/// a more confident one; what only they see counts by their confidence, so that faces without annotation are no
/// background and their uncertainty is learnt too.
/// </summary>
/// <param name="grid">The anchors that are labelled.</param>
/// <param name="options">When an anchor counts as a face.</param>
/// <param name="unseenFace">The chance of an annotated face that no detector sees, from 0 to 1.</param>
internal sealed class SoftLabels(AnchorGrid grid, AnchorMatchOptions options, float unseenFace)
{
    /// <summary>Below this score a detector says nothing.</summary>
    public const double LowestScore = 0.03;

    // A detector's box and an annotated one are the same face from this IoU on: they are drawn by different rules.
    private const float SameFace = 0.4f;

    // Anchors that fit a face badly do not count where the face is at least this likely.
    private const double Likely = 0.1;

    /// <summary>Changes the labels of one canvas.</summary>
    /// <param name="labels">Labels by the annotations alone.</param>
    /// <param name="faces">The annotated faces that they were made of.</param>
    /// <param name="seen">What the detectors see, scores from 0 to 1.</param>
    public void Apply(AnchorLabels labels, IReadOnlyList<Box> faces, IReadOnlyList<ScoredBox> seen)
    {
        Weigh(labels, faces, seen);
        foreach (var found in seen
            .OrderByDescending(found => found.Score)
            .TakeWhile(found => found.Score >= LowestScore))
        {
            if (!faces.Any(face => Overlap.IoU(face, found.Box) >= SameFace))
            {
                Add(labels, found);
            }
        }
    }

    private void Weigh(AnchorLabels labels, IReadOnlyList<Box> faces, IReadOnlyList<ScoredBox> seen)
    {
        var chances = faces
            .Select(face => seen
                .Where(found => Overlap.IoU(face, found.Box) >= SameFace)
                .Max(found => (double?)found.Score))
            .Select(score => unseenFace + ((1 - unseenFace) * (float)(score ?? 0)))
            .ToArray();
        for (var anchor = 0; anchor < labels.Labels.Length; anchor++)
        {
            if (labels.Labels[anchor] == 1)
            {
                labels.Labels[anchor] = chances[labels.Owners[anchor]];
            }
        }
    }

    private void Add(AnchorLabels labels, ScoredBox found)
    {
        var chances = labels.Labels;
        foreach (var anchor in grid.Near(found.Box).Where(anchor => chances[anchor] <= 0))
        {
            var overlap = Overlap.IoU(grid.Boxes[anchor], found.Box);
            if (overlap >= options.PositiveIoU)
            {
                chances[anchor] = (float)found.Score;
                grid.WriteDelta(labels.Deltas, anchor, found.Box);
            }
            else if (overlap >= options.NegativeIoU && found.Score >= Likely)
            {
                chances[anchor] = -1;
            }
        }
    }
}
