using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Imaging;

/// <summary>
/// The resampler as one would write it on a blackboard: double precision, one output value at a time.
/// </summary>
internal static class NaiveResampler
{
    public static double[] Resize(Picture source, int width, int height) =>
        Resample(source, new Box(0, 0, source.Width, source.Height), width, height, repeatEdges: false);

    public static double[] Crop(Picture source, Box region, int width, int height) =>
        Resample(source, region, width, height, repeatEdges: true);

    private static double[] Resample(Picture source, Box region, int width, int height, bool repeatEdges)
    {
        var result = new double[3 * width * height];
        double scaleX = (double)region.Width / width, scaleY = (double)region.Height / height;
        for (var i = 0; i < result.Length; i++)
        {
            int c = i % 3, x = i / 3 % width, y = i / 3 / width;
            double centerX = region.X + ((x + 0.5) * scaleX), centerY = region.Y + ((y + 0.5) * scaleY);
            double stretchX = Math.Max(scaleX, 1), stretchY = Math.Max(scaleY, 1);
            double sum = 0, weights = 0;
            for (var v = (int)Math.Floor(centerY - (2 * stretchY)) - 1; v <= centerY + (2 * stretchY) + 1; v++)
            {
                for (var u = (int)Math.Floor(centerX - (2 * stretchX)) - 1; u <= centerX + (2 * stretchX) + 1; u++)
                {
                    var inside = u >= 0 && v >= 0 && u < source.Width && v < source.Height;
                    if (!inside && !repeatEdges)
                    {
                        continue;
                    }

                    var weight = Cubic((u + 0.5 - centerX) / stretchX) * Cubic((v + 0.5 - centerY) / stretchY);
                    var pixel = source.OffsetOf(
                        Math.Clamp(u, 0, source.Width - 1), Math.Clamp(v, 0, source.Height - 1));
                    sum += weight * source.Pixels[pixel + c];
                    weights += weight;
                }
            }

            result[i] = Math.Clamp(sum / weights, 0, 255);
        }

        return result;
    }

    private static double Cubic(double x) => Math.Abs(x) switch
    {
        < 1 => (1.5 * Math.Pow(Math.Abs(x), 3)) - (2.5 * x * x) + 1,
        < 2 => (-0.5 * Math.Pow(Math.Abs(x), 3)) + (2.5 * x * x) - (4 * Math.Abs(x)) + 2,
        _ => 0,
    };
}
