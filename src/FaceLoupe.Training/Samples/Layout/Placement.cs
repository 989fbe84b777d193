using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Training.Samples.Layout;

/// <summary>A window of a source image and the canvas cell that it fills, at any resolution.</summary>
/// <param name="Picture">The decoded source.</param>
/// <param name="Faces">The faces of the source, in its pixels.</param>
/// <param name="Window">The window in pixels of the source.</param>
/// <param name="Cell">The cell of the window.</param>
/// <param name="UnlabelledFacesLikely">Whether the source lacks annotations.</param>
internal sealed record Placement(
    Picture Picture, IReadOnlyList<FaceAnnotation> Faces, Box Window, CanvasCell Cell, bool UnlabelledFacesLikely)
{
    /// <summary>A box of the source in pixels of the degraded canvas.</summary>
    public Box ToCanvas(in Box box) => box
        .Translate(-Window.X, -Window.Y)
        .Scale(Cell.Width / Window.Width, Cell.Height / Window.Height)
        .Translate(Cell.X, Cell.Y);

    /// <summary>A point of the source in pixels of the degraded canvas.</summary>
    public PicturePoint ToCanvas(PicturePoint point) => new(
        ((point.X - Window.X) * (Cell.Width / Window.Width)) + Cell.X,
        ((point.Y - Window.Y) * (Cell.Height / Window.Height)) + Cell.Y);
}
