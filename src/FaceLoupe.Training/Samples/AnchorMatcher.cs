using FaceLoupe.Geometry;
using FaceLoupe.Proposals;
using FaceLoupe.Training.Networks;

namespace FaceLoupe.Training.Samples;

/// <summary>When an anchor counts as a face.</summary>
internal sealed record AnchorMatchOptions
{
    /// <summary>IoU with a face from which an anchor is a face.</summary>
    public float PositiveIoU { get; init; } = 0.45f;

    /// <summary>IoU with every face below which an anchor is background; between the two it does not count.</summary>
    public float NegativeIoU { get; init; } = 0.3f;

    /// <summary>
    /// The best anchor of a face counts as that face from this IoU on, so that no face goes unlearnt.
    /// </summary>
    public float BestAnchorIoU { get; init; } = 0.25f;

    /// <summary>
    /// Anchors within a place to ignore count as background where their side is a smaller share of its longer side than
    /// this: the eye of a face that the canvas cuts is no face, but its parts would never be learnt otherwise. 0 (the
    /// default): all of them do not count.
    /// </summary>
    public float IgnoredPart { get; init; }
}

/// <summary>Labels of all anchors of one canvas, in the order branch, anchor size, row, column.</summary>
/// <param name="Labels">1 face, 0 background, -1 don't care.</param>
/// <param name="Deltas">Four deltas per anchor; zero unless the label is 1.</param>
internal sealed record AnchorLabels(float[] Labels, float[] Deltas);

/// <summary>Assigns the faces of a square canvas to the anchors of the proposal network.</summary>
internal sealed class AnchorMatcher(
    IReadOnlyList<ProposalBranchOptions> branches, int canvasSize, AnchorMatchOptions options)
{
    private readonly Box[] anchors = AllAnchors(branches, canvasSize);

    /// <summary>Anchors of one canvas.</summary>
    public int Count => anchors.Length;

    public AnchorLabels Match(IReadOnlyList<Box> faces, IReadOnlyList<Box> ignored)
    {
        var best = new float[anchors.Length];
        var owner = new int[anchors.Length];
        for (var f = 0; f < faces.Count; f++)
        {
            var bestAnchor = -1;
            var bestOfFace = options.BestAnchorIoU;
            foreach (var a in AnchorsNear(faces[f]))
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
                var delta = BoxDelta.Encode(anchors[a], faces[owner[a]]);
                (deltas[4 * a], deltas[(4 * a) + 1], deltas[(4 * a) + 2], deltas[(4 * a) + 3]) =
                    (delta.Tx, delta.Ty, delta.Tw, delta.Th);
            }
        }

        foreach (var region in ignored)
        {
            foreach (var a in AnchorsNear(region))
            {
                if (labels[a] == 0 && (Overlap.IoU(anchors[a], region) >= options.NegativeIoU
                    || (Overlap.Coverage(anchors[a], region) > 0.5f
                        && anchors[a].Width >= options.IgnoredPart * region.LongerSide)))
                {
                    labels[a] = -1;
                }
            }
        }

        return new AnchorLabels(labels, deltas);
    }

    private static Box[] AllAnchors(IReadOnlyList<ProposalBranchOptions> branches, int canvasSize)
    {
        var anchors = new List<Box>();
        foreach (var branch in branches)
        {
            var decoder = new AnchorDecoder(branch.ToSection());
            var cells = canvasSize / branch.Stride;
            for (var anchor = 0; anchor < branch.AnchorSizes.Count; anchor++)
            {
                for (var cell = 0; cell < cells * cells; cell++)
                {
                    anchors.Add(decoder.Anchor(anchor, cell / cells, cell % cells));
                }
            }
        }

        return [.. anchors];
    }

    /// <summary>Indices of the anchors that touch a box, found from the grid instead of by trying all.</summary>
    private IEnumerable<int> AnchorsNear(Box box)
    {
        var first = 0;
        foreach (var branch in branches)
        {
            var cells = canvasSize / branch.Stride;
            foreach (var size in branch.AnchorSizes)
            {
                var (left, right) = CellRange(box.X, box.Right, size, branch.Stride, cells);
                var (top, bottom) = CellRange(box.Y, box.Bottom, size, branch.Stride, cells);
                for (var row = top; row <= bottom; row++)
                {
                    for (var column = left; column <= right; column++)
                    {
                        yield return first + (row * cells) + column;
                    }
                }

                first += cells * cells;
            }
        }
    }

    private static (int First, int Last) CellRange(float low, float high, float size, int stride, int cells) => (
        Math.Max(0, (int)MathF.Ceiling(((low - (size / 2)) / stride) - 0.5f)),
        Math.Min(cells - 1, (int)MathF.Floor(((high + (size / 2)) / stride) - 0.5f)));
}
