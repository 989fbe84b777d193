using FaceLoupe.Geometry;

namespace FaceLoupe.Imaging;

/// <summary>Draws the outlines of boxes into images.</summary>
internal static class BoxOutline
{
    /// <summary>Green of annotations and red of results, as in the paper's Figure 10.</summary>
    public static readonly (byte Red, byte Green, byte Blue) Green = (40, 220, 60), Red = (250, 40, 40);

    /// <summary>Draws an outline one pixel wide, just outside the box, clipped to the image.</summary>
    /// <param name="picture">The image, which is changed.</param>
    /// <param name="box">The box, px.</param>
    /// <param name="ink">The colour.</param>
    public static void Draw(Picture picture, in Box box, (byte Red, byte Green, byte Blue) ink)
    {
        int left = (int)MathF.Round(box.X) - 1, right = (int)MathF.Round(box.Right);
        int top = (int)MathF.Round(box.Y) - 1, bottom = (int)MathF.Round(box.Bottom);
        for (var x = Math.Max(0, left); x <= Math.Min(right, picture.Width - 1); x++)
        {
            Dot(picture, x, top, ink);
            Dot(picture, x, bottom, ink);
        }

        for (var y = Math.Max(0, top); y <= Math.Min(bottom, picture.Height - 1); y++)
        {
            Dot(picture, left, y, ink);
            Dot(picture, right, y, ink);
        }
    }

    private static void Dot(Picture picture, int x, int y, (byte Red, byte Green, byte Blue) ink)
    {
        if (x >= 0 && y >= 0 && x < picture.Width && y < picture.Height)
        {
            var at = picture.OffsetOf(x, y);
            (picture.Pixels[at], picture.Pixels[at + 1], picture.Pixels[at + 2]) = ink;
        }
    }
}
