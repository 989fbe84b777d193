using System.Globalization;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Annotation;

/// <summary>
/// Draws frames around faces, and scores over those that are wide enough. Frames lie outside the box and on whole
/// pixels, so that a face of ten pixels stays visible.
/// </summary>
internal static class FaceMarker
{
    // Okabe and Ito's yellow: told apart by the colour-blind and bright on grey photographs; the dark rim shows it
    // on snow.
    private static readonly Ink Line = new(240, 228, 66);
    private static readonly Ink Rim = new(0, 0, 0);

    /// <summary>A copy of the picture with the faces marked.</summary>
    public static Picture Mark(Picture picture, IReadOnlyList<Face> faces)
    {
        var copy = new Picture(picture.Width, picture.Height, (byte[])picture.Pixels.Clone());
        var canvas = new PixelCanvas(copy);
        var thickness = Math.Max(1, (int)MathF.Round(MathF.Max(picture.Width, picture.Height) / 600f));

        // Best last, so that it lies on top.
        foreach (var face in faces.Reverse())
        {
            Frame(canvas, face.Box, thickness);
            Label(canvas, face, thickness);
        }

        return copy;
    }

    private static void Frame(PixelCanvas canvas, in Box box, int thickness)
    {
        int left = Whole(box.X), top = Whole(box.Y);
        int right = Math.Max(left + 1, Whole(box.Right)), bottom = Math.Max(top + 1, Whole(box.Bottom));
        if (thickness > 1)
        {
            var rim = Math.Max(1, thickness / 3);
            canvas.Frame(left, top, right, bottom, thickness + rim, Rim);
        }

        canvas.Frame(left, top, right, bottom, thickness, Line);
    }

    private static void Label(PixelCanvas canvas, Face face, int thickness)
    {
        var text = face.Score.ToString("0.00", CultureInfo.InvariantCulture);
        var width = (DigitFont.Width(text) + 2) * thickness;
        if (face.Box.Width < width)
        {
            return;
        }

        var height = (DigitFont.Height + 2) * thickness;
        int left = Whole(face.Box.X) - thickness, top = Whole(face.Box.Y) - thickness - height;
        if (top < 0)
        {
            top = Whole(face.Box.Y);
        }

        canvas.Fill(left, top, left + width, top + height, Line);
        foreach (var (x, y) in DigitFont.Dots(text))
        {
            int dotLeft = left + ((x + 1) * thickness), dotTop = top + ((y + 1) * thickness);
            canvas.Fill(dotLeft, dotTop, dotLeft + thickness, dotTop + thickness, Rim);
        }
    }

    private static int Whole(float coordinate) => (int)MathF.Round(coordinate);
}
