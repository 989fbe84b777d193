using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Samples.Augmentation;

/// <summary>
/// An occluder: a patch of the canvas from elsewhere covers one side of a face. The face keeps its box, as in
/// annotations of crowds.
/// </summary>
/// <param name="Covered">The covered box, px of the degraded canvas.</param>
/// <param name="From">The box of the patch, of the same size.</param>
internal readonly record struct Occluder(Box Covered, Box From)
{
    private const double LeastShare = 0.2;
    private const double MostShare = 0.45;

    /// <summary>Draws occluders of some faces.</summary>
    /// <param name="faces">The faces, px of the degraded canvas.</param>
    /// <param name="chance">Chance that a face is covered.</param>
    /// <param name="size">Side of the degraded canvas, px.</param>
    /// <param name="random">Draws.</param>
    public static IReadOnlyList<Occluder> Draw(IReadOnlyList<Box> faces, double chance, int size, SampleRandom random)
    {
        var occluders = new List<Occluder>();
        if (chance <= 0)
        {
            return occluders;
        }

        foreach (var face in faces)
        {
            if (!random.Chance(chance))
            {
                continue;
            }

            var share = (float)random.Between(LeastShare, MostShare);
            var covered = (random.NextInt(4) switch
            {
                0 => face with { Width = face.Width * share },
                1 => face with { X = face.Right - (face.Width * share), Width = face.Width * share },
                2 => face with { Height = face.Height * share * 0.6f }, // less at the forehead
                _ => face with { Y = face.Bottom - (face.Height * share), Height = face.Height * share },
            }).Clip(size, size);
            if (covered.IsValid && covered.Width < size && covered.Height < size)
            {
                var x = (float)random.Between(0, size - covered.Width);
                var y = (float)random.Between(0, size - covered.Height);
                occluders.Add(new Occluder(covered, covered with { X = x, Y = y }));
            }
        }

        return occluders;
    }

    /// <summary>Draws occluders on a view of the canvas that is larger by a factor.</summary>
    public static void Apply(IReadOnlyList<Occluder> occluders, Picture view, double factor)
    {
        foreach (var (covered, from) in occluders)
        {
            int left = (int)Math.Round(covered.X * factor), top = (int)Math.Round(covered.Y * factor);
            int width = Math.Min((int)Math.Round(covered.Width * factor), view.Width - left);
            int height = Math.Min((int)Math.Round(covered.Height * factor), view.Height - top);
            if (width > 0 && height > 0)
            {
                var patch = Resampler.Crop(view, from.Scale((float)factor), width, height);
                for (var y = 0; y < height; y++)
                {
                    patch.Pixels.AsSpan(patch.OffsetOf(0, y), 3 * width)
                        .CopyTo(view.Pixels.AsSpan(view.OffsetOf(left, top + y)));
                }
            }
        }
    }
}
