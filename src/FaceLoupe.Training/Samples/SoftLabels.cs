using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Training.Samples;

/// <summary>
/// Turns labels into probabilities by the boxes of other detectors on the same canvas. An annotated face that they also
/// find gets a higher one; a face that only they find gets their score, so that unannotated faces are not background.
/// </summary>
/// <param name="grid">The anchors that are labelled.</param>
/// <param name="options">The rules for labelling anchors.</param>
/// <param name="unseenFace">The probability of an annotated face that no detector finds, from 0 to 1.</param>
internal sealed class SoftLabels(AnchorGrid grid, AnchorMatchOptions options, float unseenFace)
{
    /// <summary>Detections below this score are ignored.</summary>
    public const double LowestScore = 0.03;

    // Minimum IoU of a detector's box and an annotated one of the same face, low because conventions differ.
    private const float SameFace = 0.4f;

    // Anchors that fit a face badly are ignored if its score is at least this.
    private const double Likely = 0.1;

    /// <summary>Changes the labels of one canvas.</summary>
    /// <param name="labels">The labels of the annotations.</param>
    /// <param name="faces">The annotated faces of these labels.</param>
    /// <param name="seen">The detectors' boxes, scores from 0 to 1.</param>
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
