using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Refinement;

namespace FaceLoupe.Tests.Anonymising;

/// <summary>
/// Somebody who has the photograph without masks and wants to know which of its people a masked face is: nearest
/// neighbour by the sum of differences, on crops that show nothing but the inside of the mask. No attacker has a better
/// image to compare with, so the shares are upper bounds of what this kind of attack finds.
/// </summary>
internal sealed class MaskAttack(Picture photograph, IReadOnlyList<Box> people, GeneratorModel generator)
{
    private const int Draws = 10;

    /// <summary>The share of masked faces whose nearest neighbour is the right one, as they are; ties count by halves,
    /// thirds and so on.</summary>
    /// <param name="mask">The mask of the faces that are attacked.</param>
    public double Direct(Func<Picture, Box, Picture> mask) => Found(mask, (picture, _) => picture, Pixels);

    /// <summary>The same where the attacker masks the faces to compare with alike, as far as the mask can be
    /// known.</summary>
    public double Alike(Func<Picture, Box, Picture> mask, Func<Picture, Box, Picture> known) =>
        Found(mask, known, Pixels);

    /// <summary>The same where the generator makes all crops four times as large first; with clear faces or masked
    /// ones, whichever finds more.</summary>
    public double SuperResolved(Func<Picture, Box, Picture> mask, Func<Picture, Box, Picture> known) =>
        Math.Max(Found(mask, (picture, _) => picture, Enlarged), Found(mask, known, Enlarged));

    private double Found(
        Func<Picture, Box, Picture> mask, Func<Picture, Box, Picture> known, Func<Picture[], byte[][]> view)
    {
        var random = new Random(7);
        double found = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            // A detector's boxes are never the annotated ones; the attacker sees where the mask ends and lays the
            // others alike.
            var (dx, dy, scale) = (Jitter(random), Jitter(random), 1 + Jitter(random));
            Box[] boxes = [.. people.Select(box => box.Enlarge(scale).Translate(dx * box.Width, dy * box.Height))];
            var gallery = view(Array.ConvertAll(boxes, box => Crop(known(photograph, box), box)));
            var probes = view(Array.ConvertAll(boxes, box => Crop(mask(photograph, box), box)));
            found += probes.Select((probe, i) => Right(probe, gallery, i)).Sum();
        }

        return found / (Draws * people.Count);
    }

    private static byte[][] Pixels(Picture[] crops) => Array.ConvertAll(crops, crop => crop.Pixels);

    private static float Jitter(Random random) => (random.NextSingle() - 0.5f) / 10;

    private static double Right(byte[] probe, byte[][] gallery, int right)
    {
        var distances = Array.ConvertAll(gallery, face => Distance(face, probe));
        var nearest = distances.Min();
        return distances[right] > nearest ? 0 : 1.0 / distances.Count(distance => distance == nearest);
    }

    private static long Distance(byte[] a, byte[] b)
    {
        long sum = 0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += Math.Abs(a[i] - b[i]);
        }

        return sum;
    }

    private Picture Crop(Picture picture, Box box) =>
        Resampler.Crop(picture, box, generator.LowResolution, generator.LowResolution);

    private byte[][] Enlarged(Picture[] crops)
    {
        var side = generator.HighResolution;
        var (input, output) = (3 * generator.LowResolution * generator.LowResolution, 3 * side * side);
        var (low, high) = (new float[crops.Length * input], new float[crops.Length * output]);
        for (var i = 0; i < crops.Length; i++)
        {
            PixelTensor.Write(crops[i], low.AsSpan(i * input, input));
        }

        generator.SuperResolve(low, crops.Length, high);
        return [.. crops.Select((_, i) => PixelTensor.ToPicture(high.AsSpan(i * output, output), side, side).Pixels)];
    }
}
