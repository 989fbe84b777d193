using FaceLoupe.Geometry;
using FaceLoupe.Models;

namespace FaceLoupe.Proposals;

/// <summary>
/// Turns the two maps of one branch of the proposal network into boxes, in pixels of the network's input.
/// </summary>
internal sealed class AnchorDecoder(BranchSection branch)
{
    private readonly float[] _sizes = [.. branch.AnchorSizes];
    private readonly int _stride = branch.Stride;

    /// <summary>The anchor of a cell: a square about the cell's centre.</summary>
    public Box Anchor(int anchor, int row, int column) =>
        Box.FromCenter((column + 0.5f) * _stride, (row + 0.5f) * _stride, _sizes[anchor], _sizes[anchor]);

    /// <summary>Adds the box of every anchor whose logit reaches a threshold.</summary>
    /// <param name="logits">Face logits, [A, rows, columns].</param>
    /// <param name="deltas">Box deltas, [4 A, rows, columns].</param>
    /// <param name="rows">Rows of the maps.</param>
    /// <param name="columns">Columns of the maps.</param>
    /// <param name="minLogit">The threshold.</param>
    /// <param name="found">Where to add.</param>
    public void Decode(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<float> deltas,
        int rows,
        int columns,
        float minLogit,
        List<Proposal> found)
    {
        var plane = rows * columns;
        for (var anchor = 0; anchor < _sizes.Length; anchor++)
        {
            var scores = logits.Slice(anchor * plane, plane);
            var ofAnchor = deltas.Slice(4 * anchor * plane, 4 * plane);
            for (var cell = 0; cell < scores.Length; cell++)
            {
                // Written so that a logit that is not a number fails.
                if (!(scores[cell] >= minLogit))
                {
                    continue;
                }

                var delta = new BoxDelta(
                    ofAnchor[cell], ofAnchor[plane + cell], ofAnchor[(2 * plane) + cell], ofAnchor[(3 * plane) + cell]);
                var box = delta.Decode(Anchor(anchor, cell / columns, cell % columns));
                if (box.IsValid)
                {
                    found.Add(new Proposal(box, scores[cell]));
                }
            }
        }
    }
}
