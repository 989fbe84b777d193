using FaceLoupe.Geometry;

namespace FaceLoupe.Proposals;

/// <summary>
/// Covers the focus candidates of a resized image with few and small tiles (the focus chips of AutoFocus, Najibi et al.
/// 2019). A rectangle around everything is cut in two, recursively, as long as the parts cost less.
/// </summary>
/// <param name="factor">Resizing factor of the image.</param>
/// <param name="width">Width of the resized image, rounded up to the network's size multiple.</param>
/// <param name="height">Its height, likewise.</param>
/// <param name="sizeMultiple">Positions and sizes of tiles are multiples of this.</param>
/// <param name="margin">Smallest margin of a tile around each place, a multiple likewise.</param>
/// <param name="tileSize">Largest side of a tile.</param>
internal sealed class FocusTiles(float factor, int width, int height, int sizeMultiple, int margin, int tileSize)
{
    // The fixed cost of a run of the network, in pixels: measured as 5,000 for MB-FCN in 8 bits, and small tiles take
    // more time per pixel.
    private const int RunCost = 8192;

    // The cost of a part larger than a tile may be: more than any image, so that it is always cut.
    private const long TooLarge = 1L << 40;

    private readonly int _cell = 2 * sizeMultiple;

    /// <summary>The tiles; each place is covered whole, with its margin, by one of them.</summary>
    /// <param name="places">In pixels of the image as given.</param>
    public IReadOnlyList<Tile> Cover(IEnumerable<Box> places)
    {
        var ranges = places.Select(CellsOf).Distinct().ToArray();
        var cells = new MarkedCells(Cells(width), Cells(height), ranges);
        var parts = new List<CellRange>();
        if (cells.Shrink(cells.All) is { } marked)
        {
            Cut(cells, marked, parts);
        }

        // If a cut goes through a place, the part that has its middle covers all of it.
        var whole = parts.ToArray();
        foreach (var range in ranges)
        {
            int column = (range.Left + range.Right) / 2, row = (range.Top + range.Bottom) / 2;
            var owner = parts.FindIndex(part => part.Contains(column, row));
            var grown = whole[owner].Union(range);
            if (Cost(grown) < TooLarge)
            {
                whole[owner] = grown;
            }
        }

        return Array.ConvertAll(
            whole, part => new Tile(factor, Span(part.Left, part.Right, width), Span(part.Top, part.Bottom, height)));
    }

    private int Cells(int length) => (length + _cell - 1) / _cell;

    private CellRange CellsOf(Box place)
    {
        var box = place.Scale(factor);
        int columns = Cells(width), rows = Cells(height);
        return new CellRange(
            Cell(box.X, columns), Cell(box.Y, rows), Cell(box.Right, columns) + 1, Cell(box.Bottom, rows) + 1);
    }

    private int Cell(float position, int count) => Math.Clamp((int)(position / _cell), 0, count - 1);

    // Adds the parts that cover the marked cells of a part, and returns their cost.
    private long Cut(MarkedCells cells, CellRange part, List<CellRange> parts)
    {
        var cost = Cost(part);
        if (cells.Count(part) < part.Area || cost >= TooLarge)
        {
            var (first, second) = BestCut(cells, part);
            var before = parts.Count;
            if (first is { } a && second is { } b)
            {
                var inParts = Cut(cells, a, parts) + Cut(cells, b, parts);
                if (inParts < cost)
                {
                    return inParts;
                }

                parts.RemoveRange(before, parts.Count - before);
            }
        }

        parts.Add(part);
        return cost;
    }

    private (CellRange? First, CellRange? Second) BestCut(MarkedCells cells, CellRange part)
    {
        (CellRange? First, CellRange? Second) best = (null, null);
        var least = long.MaxValue;
        foreach (var (first, second) in part.Cuts())
        {
            // One of them has no mark if the part is not shrunk to its marks.
            if (cells.Shrink(first) is { } a && cells.Shrink(second) is { } b && Cost(a) + Cost(b) is var cost
                && cost < least)
            {
                (least, best) = (cost, (a, b));
            }
        }

        return best;
    }

    private long Cost(CellRange part)
    {
        long columns = Span(part.Left, part.Right, width).Length, rows = Span(part.Top, part.Bottom, height).Length;
        return (columns * rows) + RunCost + (columns > tileSize || rows > tileSize ? TooLarge : 0);
    }

    private TileSpan Span(int from, int to, int total)
    {
        int start = Math.Max(0, (from * _cell) - margin), end = Math.Min(total, (to * _cell) + margin);
        return new TileSpan(start, end - start, start > 0, end < total, 2 * margin);
    }
}
