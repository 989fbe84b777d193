using FaceLoupe.Imaging;

namespace FaceLoupe.Training.Samples.Layout;

/// <summary>Draws placements, later ones over earlier ones.</summary>
internal static class CanvasRenderer
{
    /// <summary>Renders a square canvas of <paramref name="size"/> degraded px at a multiple of 0.5.</summary>
    public static Picture Render(IReadOnlyList<Placement> placements, int size, double factor)
    {
        var side = (int)Math.Round(size * factor);
        var canvas = new Picture(side, side);
        foreach (var placement in placements)
        {
            var cell = placement.Cell;
            var part = Resampler.Crop(
                placement.Picture, placement.Window, (int)Math.Round(cell.Width * factor),
                (int)Math.Round(cell.Height * factor));
            Paste(part, canvas, (int)Math.Round(cell.X * factor), (int)Math.Round(cell.Y * factor));
        }

        return canvas;
    }

    private static void Paste(Picture part, Picture canvas, int left, int top)
    {
        for (var y = 0; y < part.Height; y++)
        {
            part.Pixels.AsSpan(part.OffsetOf(0, y), 3 * part.Width)
                .CopyTo(canvas.Pixels.AsSpan(canvas.OffsetOf(left, top + y)));
        }
    }
}
