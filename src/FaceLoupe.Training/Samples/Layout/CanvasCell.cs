namespace FaceLoupe.Training.Samples.Layout;

/// <summary>
/// A part of the canvas in degraded px. Every edge is even, so that the cell has whole pixels at half size and at any
/// multiple of it.
/// </summary>
internal readonly record struct CanvasCell(int X, int Y, int Width, int Height)
{
    public int Right => X + Width;

    public int Bottom => Y + Height;
}
