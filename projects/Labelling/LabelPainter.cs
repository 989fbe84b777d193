using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Training.Labelling;

/// <summary>
/// Draws the labels of a picture for the eye: yellow what was known, green new faces, red places to ignore, blue the boxes
/// that were drawn anew.
/// </summary>
internal static class LabelPainter
{
    /// <summary>Ink of annotations at hand.</summary>
    public static readonly (byte Red, byte Green, byte Blue) Known = (250, 230, 40);

    /// <summary>Ink of new faces.</summary>
    public static readonly (byte Red, byte Green, byte Blue) New = (40, 255, 60);

    private static readonly (byte Red, byte Green, byte Blue) Replaced = (60, 120, 255);
    private static readonly (byte Red, byte Green, byte Blue) Ignored = (255, 40, 40);

    // Small pictures are enlarged, so that frames do not cover the faces.
    private const int WantedSide = 1280;

    public static Picture Paint(Picture picture, PictureLabels labels)
    {
        var factor = Math.Max(1, WantedSide / Math.Max(picture.Width, picture.Height));
        var painted = Resampler.Resize(picture, picture.Width * factor, picture.Height * factor);
        foreach (var (faces, ink) in new[]
        {
            (labels.Replaced, Replaced), (labels.Ignored, Ignored), (labels.Kept, Known), (labels.Added, New),
        })
        {
            foreach (var face in faces)
            {
                Frame(painted, face.Box.Scale(factor), ink);
            }
        }

        return painted;
    }

    /// <summary>Draws the outline of a box, one pixel wide, just outside of it.</summary>
    public static void Frame(Picture picture, Box box, (byte Red, byte Green, byte Blue) ink)
    {
        int left = (int)MathF.Round(box.X) - 1, right = (int)MathF.Round(box.Right);
        int top = (int)MathF.Round(box.Y) - 1, bottom = (int)MathF.Round(box.Bottom);
        for (var x = left; x <= right; x++)
        {
            Dot(picture, x, top, ink);
            Dot(picture, x, bottom, ink);
        }

        for (var y = top; y <= bottom; y++)
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
