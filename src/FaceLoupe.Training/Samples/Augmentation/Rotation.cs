using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Samples.Augmentation;

/// <summary>Rotates a square canvas about its centre and enlarges it, so that no corner stays empty.</summary>
/// <param name="Degrees">The angle, clockwise; 0: no rotation.</param>
internal readonly record struct Rotation(double Degrees)
{
    private double Radians => Degrees * Math.PI / 180;

    /// <summary>Sides after over sides before, 1 to 1.42.</summary>
    private double Enlargement => Math.Abs(Math.Cos(Radians)) + Math.Abs(Math.Sin(Radians));

    /// <summary>Draws an angle; always takes two random numbers if the chance is above 0, otherwise none.</summary>
    /// <param name="chance">Probability of a rotation.</param>
    /// <param name="most">Largest angle to either side, in degrees.</param>
    /// <param name="random">Draws.</param>
    public static Rotation Draw(double chance, double most, SampleRandom random)
    {
        if (chance <= 0)
        {
            return default;
        }

        var turned = random.Chance(chance);
        var degrees = random.Between(-most, most);
        return turned ? new Rotation(degrees) : default;
    }

    /// <summary>The rotated canvas by bilinear sampling; the same image without rotation.</summary>
    public Picture Apply(Picture canvas)
    {
        if (Degrees == 0)
        {
            return canvas;
        }

        var turned = new Picture(canvas.Width, canvas.Height);
        var (cos, sin) = (Math.Cos(Radians) / Enlargement, Math.Sin(Radians) / Enlargement);
        double middleX = (canvas.Width - 1) / 2.0, middleY = (canvas.Height - 1) / 2.0;
        for (var y = 0; y < turned.Height; y++)
        {
            for (var x = 0; x < turned.Width; x++)
            {
                double dx = x - middleX, dy = y - middleY;
                Sample(canvas, middleX + (cos * dx) + (sin * dy), middleY - (sin * dx) + (cos * dy),
                    turned.Pixels.AsSpan(turned.OffsetOf(x, y), 3));
            }
        }

        return turned;
    }

    /// <summary>
    /// The faces and ignored places of the rotated canvas. A face fills the ellipse within its box, so its new box is
    /// that of the rotated ellipse; an ignored place gets the box of its rotated box. A face with less than <paramref
    /// name="minVisible"/> in sight is ignored.
    /// </summary>
    /// <param name="faces">Boxes before, px.</param>
    /// <param name="ignored">Places before, px.</param>
    /// <param name="size">Side of the canvas, px.</param>
    /// <param name="minVisible">Minimum share of a face in sight, 0 to 1.</param>
    /// <param name="landmarks">Landmarks of the faces, replaced by those of the kept faces; null: none.</param>
    public (List<Box> Faces, List<Box> Ignored) Apply(
        List<Box> faces, List<Box> ignored, int size, double minVisible, List<FaceLandmarks?>? landmarks = null)
    {
        if (Degrees == 0)
        {
            return (faces, ignored);
        }

        var (keptFaces, keptIgnored) = (new List<Box>(), new List<Box>());
        foreach (var box in ignored)
        {
            Keep(keptIgnored, Turn(box, size, ellipse: false), size);
        }

        FaceLandmarks?[] before = [.. landmarks ?? []];
        landmarks?.Clear();
        for (var i = 0; i < faces.Count; i++)
        {
            var turned = Turn(faces[i], size, ellipse: true);
            if (Overlap.Coverage(turned, new Box(0, 0, size, size)) >= minVisible)
            {
                keptFaces.Add(turned);
                landmarks?.Add(before[i]?.Map(Turn(size)));
            }
            else
            {
                Keep(keptIgnored, turned, size);
            }
        }

        return (keptFaces, keptIgnored);
    }

    private static void Keep(List<Box> boxes, in Box box, int size)
    {
        var inSight = box.Clip(size, size);
        if (inSight.IsValid && inSight.Area > 0)
        {
            boxes.Add(inSight);
        }
    }

    /// <summary>Writes the bilinearly interpolated pixel at a position.</summary>
    internal static void Sample(Picture picture, double x, double y, Span<byte> pixel)
    {
        x = Math.Clamp(x, 0, picture.Width - 1);
        y = Math.Clamp(y, 0, picture.Height - 1);
        int left = (int)x, top = (int)y;
        int right = Math.Min(left + 1, picture.Width - 1), bottom = Math.Min(top + 1, picture.Height - 1);
        double partX = x - left, partY = y - top;
        var pixels = picture.Pixels;
        int a = picture.OffsetOf(left, top), b = picture.OffsetOf(right, top);
        int c = picture.OffsetOf(left, bottom), d = picture.OffsetOf(right, bottom);
        for (var channel = 0; channel < 3; channel++)
        {
            var above = pixels[a + channel] + (partX * (pixels[b + channel] - pixels[a + channel]));
            var below = pixels[c + channel] + (partX * (pixels[d + channel] - pixels[c + channel]));
            pixel[channel] = (byte)Math.Round(above + (partY * (below - above)));
        }
    }

    private Func<PicturePoint, PicturePoint> Turn(int size)
    {
        var (cos, sin) = (Math.Cos(Radians) * Enlargement, Math.Sin(Radians) * Enlargement);
        var middle = size / 2.0;
        return point => new PicturePoint(
            (float)(middle + (cos * (point.X - middle)) - (sin * (point.Y - middle))),
            (float)(middle + (sin * (point.X - middle)) + (cos * (point.Y - middle))));
    }

    private Box Turn(in Box box, int size, bool ellipse)
    {
        var (cos, sin) = (Math.Cos(Radians) * Enlargement, Math.Sin(Radians) * Enlargement);
        double dx = box.CenterX - (size / 2.0), dy = box.CenterY - (size / 2.0);
        double acrossX = Math.Abs(cos * box.Width), acrossY = Math.Abs(sin * box.Height);
        double downX = Math.Abs(sin * box.Width), downY = Math.Abs(cos * box.Height);
        return Box.FromCenter(
            (float)((size / 2.0) + (cos * dx) - (sin * dy)), (float)((size / 2.0) + (sin * dx) + (cos * dy)),
            (float)(ellipse ? Math.Sqrt((acrossX * acrossX) + (acrossY * acrossY)) : acrossX + acrossY),
            (float)(ellipse ? Math.Sqrt((downX * downX) + (downY * downY)) : downX + downY));
    }
}
