using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Drawing;

/// <summary>Earth or grass: one colour, with patches and grain.</summary>
internal static class Ground
{
    private static readonly double[][] Colours = [[112, 92, 70], [134, 122, 96], [84, 104, 62], [150, 142, 128]];

    // Sides of the patches, relative to an object.
    private static readonly double[] Patches = [3, 0.8, 0.2];

    /// <summary>Draws a square image.</summary>
    /// <param name="side">Its side, px.</param>
    /// <param name="objectSide">Length of an object, px.</param>
    /// <param name="random">Draws.</param>
    public static Picture Draw(int side, double objectSide, SampleRandom random)
    {
        var colour = Colours[random.NextInt(Colours.Length)];
        var light = random.Between(0.8, 1.2);
        var relief = new double[side * side];
        foreach (var part in Patches)
        {
            AddPatches(relief, side, Math.Max(2, part * objectSide), random.Between(6, 22), random);
        }

        var picture = new Picture(side, side);
        for (var i = 0; i < relief.Length; i++)
        {
            var grain = relief[i] + random.Between(-8, 8);
            for (var channel = 0; channel < 3; channel++)
            {
                picture.Pixels[(3 * i) + channel] = (byte)Math.Clamp((colour[channel] * light) + grain, 0, 255);
            }
        }

        return picture;
    }

    // Smoothly interpolated values of a lattice.
    private static void AddPatches(double[] relief, int side, double cell, double height, SampleRandom random)
    {
        var corners = (int)(side / cell) + 2;
        var values = new double[corners * corners];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = random.Between(-height, height);
        }

        for (var y = 0; y < side; y++)
        {
            var (row, down) = Split(y / cell);
            for (var x = 0; x < side; x++)
            {
                var (column, along) = Split(x / cell);
                var at = (row * corners) + column;
                var above = values[at] + (along * (values[at + 1] - values[at]));
                var below = values[at + corners] + (along * (values[at + corners + 1] - values[at + corners]));
                relief[(y * side) + x] += above + (down * (below - above));
            }
        }
    }

    private static (int Whole, double Part) Split(double place)
    {
        var (whole, part) = ((int)place, place - (int)place);
        return (whole, part * part * (3 - (2 * part)));
    }
}
