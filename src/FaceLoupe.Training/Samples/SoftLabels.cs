using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Training.Samples;

/// <summary>
/// Turns labels into probabilities by the boxes of other detectors on the same canvas (<see cref="SeenFaces"/>), so
/// that unannotated faces are not background.
/// </summary>
/// <param name="grid">The anchors that are labelled.</param>
/// <param name="options">The rules for labelling anchors.</param>
internal sealed class SoftLabels(AnchorGrid grid, AnchorMatchOptions options)
{
    /// <summary>Changes the labels of one canvas.</summary>
    /// <param name="labels">The labels of the annotations.</param>
    /// <param name="seen">What the detectors see of these annotations and elsewhere.</param>
    public void Apply(AnchorLabels labels, SeenFaces seen)
    {
        for (var anchor = 0; anchor < labels.Labels.Length; anchor++)
        {
            if (labels.Labels[anchor] == 1)
            {
                labels.Labels[anchor] = seen.Chances[labels.Owners[anchor]];
            }
        }

        foreach (var found in seen.Others)
        {
            Add(labels, found);
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
            else if (overlap >= options.NegativeIoU && found.Score >= SeenFaces.Likely)
            {
                chances[anchor] = -1;
            }
        }
    }
}
