using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Drawing;

/// <summary>An image of ground with beetles, leaves and pebbles on it, which never cover each other.</summary>
/// <param name="Picture">The image.</param>
/// <param name="Objects">Its objects with boxes.</param>
internal sealed record DrawnScene(Picture Picture, IReadOnlyList<DrawnObject> Objects)
{
    private const int Oversampling = 2;
    private const int MostBeetles = 8;
    private const int MostLeaves = 6;
    private const int MostPebbles = 8;
    private const int Attempts = 30;

    // Smallest and largest objects, relative to the usual one.
    private const double Smallest = 0.55;
    private const double Largest = 1.8;

    /// <summary>Draws a scene: a function of the seed and its number alone.</summary>
    /// <param name="side">Side of the image, px.</param>
    /// <param name="objectSide">Length of a usual object, px.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="index">Number of the scene.</param>
    public static DrawnScene Draw(int side, double objectSide, ulong seed, long index)
    {
        var random = new SampleRandom(seed, index);
        var picture = Ground.Draw(side * Oversampling, objectSide * Oversampling, random);
        var objects = new List<DrawnObject>();
        var taken = new List<Box>();
        var kinds = Enumerable.Repeat(DrawnKind.Pebble, random.NextInt(MostPebbles + 1))
            .Concat(Enumerable.Repeat(DrawnKind.Leaf, random.NextInt(MostLeaves + 1)))
            .Concat(Enumerable.Repeat(DrawnKind.Beetle, random.NextInt(MostBeetles + 1)));
        foreach (var kind in kinds)
        {
            var length = Oversampling * objectSide * random.LogBetween(Smallest, Largest);
            if (Place(picture.Width, length, taken, random) is not { } place)
            {
                continue;
            }

            taken.Add(place);
            var seen = ObjectBrush.Paint(picture, kind, place.CenterX, place.CenterY, length / 2, random);
            if (kind != DrawnKind.Pebble)
            {
                objects.Add(new DrawnObject(kind, seen.Scale(1f / Oversampling)));
            }
        }

        return new DrawnScene(Resampler.Resize(picture, side, side), objects);
    }

    private static Box? Place(int side, double length, List<Box> taken, SampleRandom random)
    {
        for (var i = 0; i < Attempts; i++)
        {
            var box = Box.FromCenter(
                (float)random.Between(length / 2, side - (length / 2)),
                (float)random.Between(length / 2, side - (length / 2)), (float)length, (float)length);
            if (taken.TrueForAll(other => Overlap.Intersection(box, other) == 0))
            {
                return box;
            }
        }

        return null;
    }
}
