using FaceLoupe.Geometry;

namespace FaceLoupe.Proposals;

/// <summary>
/// A part of a resized image that is run through the proposal network at once. Positions and sizes are in pixels of
/// the resized image and multiples of the network's size multiple.
/// </summary>
/// <param name="Factor">Resizing factor of the image.</param>
/// <param name="Columns">Where the tile lies horizontally.</param>
/// <param name="Rows">Where the tile lies vertically.</param>
internal readonly record struct Tile(float Factor, TileSpan Columns, TileSpan Rows)
{
    /// <summary>What the tile shows of the image as given; may reach past its right and bottom edges.</summary>
    public Box Region => new Box(Columns.Start, Rows.Start, Columns.Length, Rows.Length).Scale(1 / Factor);

    /// <summary>
    /// Whether a box found in this tile (in pixels of the tile) is kept here; one cut by a border between tiles is left
    /// to the neighbour that covers it whole.
    /// </summary>
    public bool Keeps(in Box box) => Columns.Keeps(box.X, box.Right) && Rows.Keeps(box.Y, box.Bottom);

    /// <summary>
    /// Whether the tile covers a box (in pixels of the image as given) whole and keeps a proposal there.
    /// </summary>
    public bool Shows(in Box box)
    {
        var inTile = box.Scale(Factor).Translate(-Columns.Start, -Rows.Start);
        return inTile.X >= 0 && inTile.Y >= 0 && inTile.Right <= Columns.Length && inTile.Bottom <= Rows.Length
            && Keeps(inTile);
    }

    /// <summary>Turns a box in pixels of the tile into one in pixels of the image as given.</summary>
    public Box ToPicture(in Box box) => box.Translate(Columns.Start, Rows.Start).Scale(1 / Factor);
}

/// <summary>One axis of a tile, in pixels of the resized image.</summary>
/// <param name="Start">First pixel.</param>
/// <param name="Length">Number of pixels.</param>
/// <param name="LowNeighbour">Whether a tile lies before this one.</param>
/// <param name="HighNeighbour">Whether a tile lies after this one.</param>
/// <param name="Overlap">Pixels shared with each neighbour, at least.</param>
internal readonly record struct TileSpan(int Start, int Length, bool LowNeighbour, bool HighNeighbour, int Overlap)
{
    // A box that ends this close to a border counts as cut: regression is seldom exact to a pixel.
    private const float Margin = 2;

    /// <summary>Whether something that reaches from one pixel of the tile to another is kept here.</summary>
    public bool Keeps(float low, float high)
    {
        var cut = (LowNeighbour && low < Margin) || (HighNeighbour && high > Length - Margin);

        // A box at a border that fits into the overlap with room to spare is whole in the neighbour. One that does not
        // fit may be whole nowhere and is kept cut rather than lost.
        return !cut || high - low > Overlap - (2 * Margin);
    }
}
