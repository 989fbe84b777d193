using System.Globalization;
using FaceLoupe.Cli.Plotting;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Annotation;

/// <summary>
/// Draws frames around faces, dots on their landmarks if known, and scores over all faces or none.
/// Frames lie outside the box and on whole pixels, so that a face of ten pixels stays visible.
/// </summary>
internal static class FaceMarker
{
    // Okabe and Ito's yellow, which colour-blind people can distinguish; the dark rim makes it visible on bright
    // images.
    private static readonly Ink Line = new(240, 228, 66);
    private static readonly Ink Rim = new(0, 0, 0);

    // Height of a label over the thickness of lines. Digits are 0.73 em high: seven of the nine.
    private const int LabelHeight = 9;
    private const float LetterSize = 9.6f;

    /// <summary>A copy of the image with the faces marked.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="faces">Its faces, best first.</param>
    /// <param name="labels">Which faces are labelled with their scores.</param>
    public static Picture Mark(Picture picture, IReadOnlyList<Face> faces, ScoreLabels labels = ScoreLabels.Auto)
    {
        var copy = new Picture(picture.Width, picture.Height, (byte[])picture.Pixels.Clone());
        var canvas = new PixelCanvas(copy);
        var thickness = Math.Max(1, (int)MathF.Round(MathF.Max(picture.Width, picture.Height) / 600f));
        var labelled = labels == ScoreLabels.Always
            || (labels == ScoreLabels.Auto && faces.All(face => face.Box.Width >= LabelWidth(face, thickness)));

        // The best face last, on top; scores lie on top of all frames.
        foreach (var face in faces.Reverse())
        {
            Frame(canvas, face.Box, thickness);
            Dots(canvas, face, thickness);
        }

        foreach (var face in labelled ? faces.Reverse() : [])
        {
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

    // As large as frames are thick, so that the dots of a face of 20 px do not overlap.
    private static void Dots(PixelCanvas canvas, Face face, int thickness)
    {
        foreach (var (x, y) in face.Landmarks?.Points ?? [])
        {
            int left = (int)MathF.Floor(x - ((thickness - 1) / 2f)), top = (int)MathF.Floor(y - ((thickness - 1) / 2f));
            if (thickness > 1)
            {
                canvas.Fill(left - 1, top - 1, left + thickness + 1, top + thickness + 1, Rim);
            }

            canvas.Fill(left, top, left + thickness, top + thickness, Line);
        }
    }

    private static void Label(PixelCanvas canvas, Face face, int thickness)
    {
        int width = LabelWidth(face, thickness), height = LabelHeight * thickness;
        var left = Math.Clamp(Whole(face.Box.X) - thickness, 0, Math.Max(0, canvas.Width - width));

        // Above the frame; below it if there is no room; inside it if the face fills the height.
        int above = Whole(face.Box.Y) - thickness - height, below = Whole(face.Box.Bottom) + thickness;
        var top = above >= 0 ? above : below + height <= canvas.Height ? below : Math.Max(0, Whole(face.Box.Y));
        canvas.Paste(left, top, Lettering.Draw(
            width, height, Line.Color, Rim.Color, LetterSize * thickness, (LabelHeight - 1) * thickness,
            [(Text(face), width / 2f)]));
    }

    private static string Text(Face face) => face.Score.ToString("0.00", CultureInfo.InvariantCulture);

    private static int LabelWidth(Face face, int thickness) =>
        (int)MathF.Ceiling(Lettering.Width(Text(face), LetterSize * thickness)) + (2 * thickness);

    private static int Whole(float coordinate) => (int)MathF.Round(coordinate);
}
