using FaceLoupe.Imaging;

namespace FaceLoupe.Training.Samples.Augmentation;

/// <summary>Blurs; border pixels are repeated outwards.</summary>
internal static class Blur
{
    /// <summary>Weights of a 3 px box.</summary>
    public static float[] Box() => [1 / 3f, 1 / 3f, 1 / 3f];

    /// <summary>Blurs along a straight motion.</summary>
    /// <param name="source">The image.</param>
    /// <param name="length">Length of the motion, px.</param>
    /// <param name="angle">Its direction, radians.</param>
    public static Picture Motion(Picture source, double length, double angle)
    {
        var steps = Math.Max(1, (int)Math.Round(length));
        var shifts = Enumerable.Range(0, steps + 1).Select(i => (i - (steps / 2.0)) * length / steps)
            .Select(at => ((int)Math.Round(at * Math.Cos(angle)), (int)Math.Round(at * Math.Sin(angle)))).ToArray();
        var result = new Picture(source.Width, source.Height);
        var stride = 3 * source.Width;
        var sums = new int[stride];
        for (var y = 0; y < source.Height; y++)
        {
            Array.Clear(sums);
            foreach (var (dx, dy) in shifts)
            {
                var row = source.Pixels.AsSpan(Math.Clamp(y + dy, 0, source.Height - 1) * stride, stride);
                for (var x = 0; x < source.Width; x++)
                {
                    var from = 3 * Math.Clamp(x + dx, 0, source.Width - 1);
                    sums[3 * x] += row[from];
                    sums[(3 * x) + 1] += row[from + 1];
                    sums[(3 * x) + 2] += row[from + 2];
                }
            }

            for (var i = 0; i < stride; i++)
            {
                result.Pixels[(y * stride) + i] = (byte)((sums[i] + (shifts.Length / 2)) / shifts.Length);
            }
        }

        return result;
    }

    /// <summary>Blurs along both axes with a symmetric kernel of odd length.</summary>
    public static Picture Apply(Picture source, ReadOnlySpan<float> weights)
    {
        var rows = new float[source.Pixels.Length];
        var stride = 3 * source.Width;
        var radius = weights.Length / 2;
        for (var y = 0; y < source.Height; y++)
        {
            var from = source.Pixels.AsSpan(y * stride, stride);
            var to = rows.AsSpan(y * stride, stride);
            for (var i = 0; i < stride; i++)
            {
                var sum = 0f;
                for (var k = 0; k < weights.Length; k++)
                {
                    sum += weights[k] * from[(3 * Math.Clamp((i / 3) + k - radius, 0, source.Width - 1)) + (i % 3)];
                }

                to[i] = sum;
            }
        }

        var result = new Picture(source.Width, source.Height);
        var sums = new float[stride];
        for (var y = 0; y < source.Height; y++)
        {
            Array.Clear(sums);
            for (var k = 0; k < weights.Length; k++)
            {
                var row = rows.AsSpan(Math.Clamp(y + k - radius, 0, source.Height - 1) * stride, stride);
                var weight = weights[k];
                for (var i = 0; i < stride; i++)
                {
                    sums[i] += weight * row[i];
                }
            }

            for (var i = 0; i < stride; i++)
            {
                result.Pixels[(y * stride) + i] = (byte)(Math.Clamp(sums[i], 0, 255) + 0.5f);
            }
        }

        return result;
    }
}
