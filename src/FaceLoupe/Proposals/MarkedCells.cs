namespace FaceLoupe.Proposals;

/// <summary>A rectangle of cells, its right and bottom ends excluded.</summary>
internal readonly record struct CellRange(int Left, int Top, int Right, int Bottom)
{
    /// <summary>Number of cells.</summary>
    public long Area => (long)(Right - Left) * (Bottom - Top);

    /// <summary>Whether a cell lies within.</summary>
    public bool Contains(int column, int row) => column >= Left && column < Right && row >= Top && row < Bottom;

    /// <summary>The smallest range that holds this one and another.</summary>
    public CellRange Union(CellRange other) => new(
        Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(
            Bottom, other.Bottom));

    /// <summary>Every way of cutting the range in two, upright cuts first.</summary>
    public IEnumerable<(CellRange First, CellRange Second)> Cuts()
    {
        for (var column = Left + 1; column < Right; column++)
        {
            yield return (this with { Right = column }, this with { Left = column });
        }

        for (var row = Top + 1; row < Bottom; row++)
        {
            yield return (this with { Bottom = row }, this with { Top = row });
        }
    }
}

/// <summary>Which cells of a grid are marked, and how many of a rectangle are (by a summed-area table).</summary>
internal sealed class MarkedCells
{
    // Of the cells above and to the left of a corner.
    private readonly int[,] _sums;

    /// <summary>Marks every cell of some ranges, which must lie within the grid.</summary>
    public MarkedCells(int columns, int rows, IEnumerable<CellRange> ranges)
    {
        All = new CellRange(0, 0, columns, rows);
        var marked = new bool[rows, columns];
        foreach (var range in ranges)
        {
            for (var row = range.Top; row < range.Bottom; row++)
            {
                for (var column = range.Left; column < range.Right; column++)
                {
                    marked[row, column] = true;
                }
            }
        }

        _sums = new int[rows + 1, columns + 1];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                _sums[row + 1, column + 1] = (marked[row, column] ? 1 : 0)
                    + _sums[row, column + 1] + _sums[row + 1, column] - _sums[row, column];
            }
        }
    }

    /// <summary>The whole grid.</summary>
    public CellRange All { get; }

    /// <summary>How many cells of a range are marked.</summary>
    public int Count(CellRange range) => _sums[range.Bottom, range.Right] - _sums[range.Top, range.Right]
        - _sums[range.Bottom, range.Left] + _sums[range.Top, range.Left];

    /// <summary>The part of a range that holds everything marked within it; null if nothing is.</summary>
    public CellRange? Shrink(CellRange range)
    {
        if (Count(range) == 0)
        {
            return null;
        }

        while (Count(range with { Right = range.Left + 1 }) == 0)
        {
            range = range with { Left = range.Left + 1 };
        }

        while (Count(range with { Left = range.Right - 1 }) == 0)
        {
            range = range with { Right = range.Right - 1 };
        }

        while (Count(range with { Bottom = range.Top + 1 }) == 0)
        {
            range = range with { Top = range.Top + 1 };
        }

        while (Count(range with { Top = range.Bottom - 1 }) == 0)
        {
            range = range with { Bottom = range.Bottom - 1 };
        }

        return range;
    }
}
