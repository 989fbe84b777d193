using FaceLoupe.Geometry;
using FaceLoupe.Proposals;
using FaceLoupe.Training.Networks;

namespace FaceLoupe.Training.Samples;

/// <summary>All anchors of the proposal network on a square canvas, in the order branch, size, row, column.</summary>
/// <param name="branches">The network's branches.</param>
/// <param name="canvasSize">Side of the canvas, px.</param>
internal sealed class AnchorGrid(IReadOnlyList<ProposalBranchOptions> branches, int canvasSize)
{
    /// <summary>The anchors, px.</summary>
    public Box[] Boxes { get; } = All(branches, canvasSize);

    /// <summary>Writes the four deltas from an anchor to a box.</summary>
    /// <param name="deltas">Four numbers per anchor.</param>
    /// <param name="anchor">Index of the anchor.</param>
    /// <param name="box">The box.</param>
    public void WriteDelta(float[] deltas, int anchor, in Box box)
    {
        var delta = BoxDelta.Encode(Boxes[anchor], box);
        (deltas[4 * anchor], deltas[(4 * anchor) + 1], deltas[(4 * anchor) + 2], deltas[(4 * anchor) + 3]) =
            (delta.Tx, delta.Ty, delta.Tw, delta.Th);
    }

    private static Box[] All(IReadOnlyList<ProposalBranchOptions> branches, int canvasSize)
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

    /// <summary>Indices of the anchors that touch a box, computed from the grid.</summary>
    public IEnumerable<int> Near(Box box)
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
