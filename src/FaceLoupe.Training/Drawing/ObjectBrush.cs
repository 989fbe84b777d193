using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Drawing;

/// <summary>Paints one object at a random angle, with a shadow.</summary>
internal static class ObjectBrush
{
    // Offset of the shadow to the right and below, relative to the radius.
    private const double Shadow = 0.06;

    private static readonly double[][] Shells = [[38, 30, 26], [70, 34, 24], [24, 44, 60], [30, 58, 36]];
    private static readonly double[][] Foliage = [[74, 118, 44], [142, 134, 52], [150, 98, 46], [52, 92, 48]];
    private static readonly double[] Stone = [148, 146, 140];

    private delegate double[]? Texture(double along, double across);

    /// <summary>Paints an object.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="kind">The kind of object.</param>
    /// <param name="x">Its centre, px.</param>
    /// <param name="y">Its centre, px.</param>
    /// <param name="radius">Half of its length, px.</param>
    /// <param name="random">Draws.</param>
    /// <returns>The box around the object, without its shadow.</returns>
    public static Box Paint(Picture picture, DrawnKind kind, double x, double y, double radius, SampleRandom random)
    {
        var (angle, light) = (random.Between(0, 2 * Math.PI), random.Between(0.8, 1.25));
        Texture texture = kind switch
        {
            DrawnKind.Beetle => Beetle(Shells[random.NextInt(Shells.Length)], random.Chance(0.4)),
            DrawnKind.Leaf => Leaf(Foliage[random.NextInt(Foliage.Length)]),
            _ => Pebble(random.Between(0.55, 0.95)),
        };
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, int.MinValue, int.MinValue);
        var (sin, cos) = Math.SinCos(angle);
        for (var row = Math.Max(0, (int)(y - radius)); row < Math.Min(picture.Height, y + radius); row++)
        {
            for (var column = Math.Max(0, (int)(x - radius)); column < Math.Min(picture.Width, x + radius); column++)
            {
                var (dx, dy) = ((column + 0.5 - x) / radius, (row + 0.5 - y) / radius);
                var at = picture.OffsetOf(column, row);
                if (At(dx, dy) is { } colour)
                {
                    for (var channel = 0; channel < 3; channel++)
                    {
                        picture.Pixels[at + channel] = (byte)Math.Clamp(colour[channel] * light, 0, 255);
                    }

                    (left, top) = (Math.Min(left, column), Math.Min(top, row));
                    (right, bottom) = (Math.Max(right, column + 1), Math.Max(bottom, row + 1));
                }
                else if (At(dx - Shadow, dy - Shadow) is not null)
                {
                    for (var channel = 0; channel < 3; channel++)
                    {
                        picture.Pixels[at + channel] = (byte)(0.6 * picture.Pixels[at + channel]);
                    }
                }
            }
        }

        return Box.FromCorners(left, top, right, bottom);

        double[]? At(double dx, double dy) => texture((cos * dx) + (sin * dy), (cos * dy) - (sin * dx));
    }

    private static Texture Beetle(double[] shell, bool spotted)
    {
        double[] dark = [.. shell.Select(value => 0.45 * value)], spot = [196, 120, 40];
        return (along, across) =>
        {
            var wide = Math.Abs(across);
            if (Ellipse(along + 0.2, across, 0.72, 0.5))
            {
                var isSpot = Ellipse(along, wide - 0.24, 0.13, 0.13) || Ellipse(along + 0.5, wide - 0.2, 0.11, 0.11);
                return spotted && isSpot ? spot
                    : wide < 0.04 || Math.Abs(along - 0.32) < 0.03 ? dark
                    : Ellipse(along + 0.05, wide - 0.2, 0.3, 0.09) ? [.. shell.Select(value => (1.6 * value) + 25)]
                    : shell;
            }

            var isLeg = wide is > 0.35 and < 0.85 && Array.Exists(
                [-0.6, -0.15, 0.3],
                leg => Math.Abs(along - leg - (0.35 * Math.Sign(leg + 0.1) * (wide - 0.35))) < 0.055);
            return Ellipse(along - 0.66, across, 0.24, 0.28) || isLeg ? dark : null;
        };
    }

    private static Texture Leaf(double[] green)
    {
        double[] vein = [.. green.Select(value => Math.Min(255, (1.25 * value) + 20))];
        return (along, across) =>
        {
            var wide = Math.Abs(across);
            var isVein = wide < 0.035 || Math.Abs((Math.Abs(along + wide) % 0.3) - 0.15) < 0.025;
            return wide > 0.42 * (1 - (along * along)) ? null : isVein ? vein : green;
        };
    }

    private static Texture Pebble(double width) => (along, across) => Ellipse(along, across, 0.9, 0.9 * width)
        ? [.. Stone.Select(value => value * (1 - (0.25 * (along + across))))]
        : null;

    private static bool Ellipse(double along, double across, double length, double width) =>
        Math.Pow(along / length, 2) + Math.Pow(across / width, 2) <= 1;
}
