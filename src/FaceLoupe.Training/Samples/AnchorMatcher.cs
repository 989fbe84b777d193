using FaceLoupe.Geometry;
using FaceLoupe.Training.Networks;

namespace FaceLoupe.Training.Samples;

/// <summary>Rules for labelling anchors.</summary>
internal sealed record AnchorMatchOptions
{
    /// <summary>IoU with a face from which an anchor is a face.</summary>
    public float PositiveIoU { get; init; } = 0.45f;

    /// <summary>IoU with every face below which an anchor is background; between the two it is ignored.</summary>
    public float NegativeIoU { get; init; } = 0.3f;

    /// <summary>Minimum IoU of a face's best anchor, which counts as that face even below PositiveIoU.</summary>
    public float BestAnchorIoU { get; init; } = 0.25f;

    /// <summary>
    /// Anchors within an ignored place are background if their side is a smaller share of its longer side than this, so
    /// that parts of cut faces are learnt as background. 0 (the default): all are ignored.
    /// </summary>
    public float IgnoredPart { get; init; }
}

/// <summary>Labels of all anchors of one canvas, in the order branch, anchor size, row, column.</summary>
/// <param name="Labels">1 face, 0 background, -1 ignored; after <see cref="SoftLabels"/> also probabilities.</param>
/// <param name="Deltas">Four deltas per anchor; zero unless the label is above 0.</param>
/// <param name="Owners">Index of the face of an anchor with label 1; otherwise undefined.</param>
internal sealed record AnchorLabels(float[] Labels, float[] Deltas, int[] Owners);

/// <summary>Assigns the faces of a square canvas to the anchors of the proposal network.</summary>
internal sealed class AnchorMatcher(
    IReadOnlyList<ProposalBranchOptions> branches, int canvasSize, AnchorMatchOptions options)
{
    private readonly AnchorGrid grid = new(branches, canvasSize);

    /// <summary>Anchors of one canvas.</summary>
    public int Count => grid.Boxes.Length;

    /// <summary>The anchors themselves.</summary>
    public AnchorGrid Grid => grid;

    public AnchorLabels Match(IReadOnlyList<Box> faces, IReadOnlyList<Box> ignored)
    {
        var anchors = grid.Boxes;
        var best = new float[anchors.Length];
        var owner = new int[anchors.Length];
        for (var f = 0; f < faces.Count; f++)
        {
            var bestAnchor = -1;
            var bestOfFace = options.BestAnchorIoU;
            foreach (var a in grid.Near(faces[f]))
            {
                var iou = Overlap.IoU(anchors[a], faces[f]);
                if (iou > best[a])
                {
                    (best[a], owner[a]) = (iou, f);
                }

                if (iou > bestOfFace)
                {
                    (bestOfFace, bestAnchor) = (iou, a);
                }
            }

            if (bestAnchor >= 0 && owner[bestAnchor] == f)
            {
                best[bestAnchor] = MathF.Max(best[bestAnchor], options.PositiveIoU);
            }
        }

        var labels = new float[anchors.Length];
        var deltas = new float[4 * anchors.Length];
        for (var a = 0; a < anchors.Length; a++)
        {
            labels[a] = best[a] >= options.PositiveIoU ? 1 : best[a] >= options.NegativeIoU ? -1 : 0;
            if (labels[a] == 1)
            {
                grid.WriteDelta(deltas, a, faces[owner[a]]);
            }
        }

        foreach (var region in ignored)
        {
            foreach (var a in grid.Near(region))
            {
                if (labels[a] == 0 && (Overlap.IoU(anchors[a], region) >= options.NegativeIoU
                    || (Overlap.Coverage(anchors[a], region) > 0.5f
                        && anchors[a].Width >= options.IgnoredPart * region.LongerSide)))
                {
                    labels[a] = -1;
                }
            }
        }

        return new AnchorLabels(labels, deltas, owner);
    }
}
