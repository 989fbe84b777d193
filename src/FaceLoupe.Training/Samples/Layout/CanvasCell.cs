namespace FaceLoupe.Training.Samples.Layout;

/// <summary>A part of the canvas in degraded px, with even edges: whole pixels at any multiple of half size.</summary>
internal readonly record struct CanvasCell(int X, int Y, int Width, int Height)
{
    public int Right => X + Width;

    public int Bottom => Y + Height;
}
