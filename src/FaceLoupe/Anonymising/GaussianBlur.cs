using FaceLoupe.Imaging;

namespace FaceLoupe.Anonymising;

/// <summary>
/// A blur that leaves about two cycles across a face. Its kernel is a true Gaussian, not the usual row of box filters:
/// their side lobes let higher frequencies through, which sharpening brings back.
/// </summary>
internal static class GaussianBlur
{
    // The kernel multiplies a wave of f cycles across the face by exp(-2 (pi f s)^2), s being this share. A face's
    // contrast is some 50 of 255 steps and rounding hides half a step, so what comes below 1/100 is gone: f above 1.9.
    private const float SigmaOverFace = 0.25f;

    // Large faces are shrunk until sigma is between 4 and 8 px: nothing finer would survive, and the cost stays low.
    private const float SmallSigma = 4;

    /// <summary>Replaces an area by its blur; beyond the mask's box its border pixels are repeated.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="area">The mask, whose pixels are blurred.</param>
    /// <param name="painted">What is painted: the mask, or more, with its border's blur continued.</param>
    public static void Apply(Picture picture, in MaskArea area, in MaskArea painted)
    {
        // Half a pixel at least, or a face of 1 px would stay as it is.
        var sigma = Math.Max(0.5f, area.FaceSide * SigmaOverFace);
        var step = Math.Max(1, (int)(sigma / SmallSigma));
        var width = (area.Width + step - 1) / step;
        var height = (area.Height + step - 1) / step;
        var values = Shrink(picture, area, step, width, height);
        var kernel = GaussianKernel.Of(sigma / step);
        values = BlurRowsAndTranspose(values, width, height, kernel);
        values = BlurRowsAndTranspose(values, height, width, kernel);
        Paint(picture, area, painted, step, values, width, height);
    }

    // Means of step x step pixels, three values each; the last row and column may be of fewer.
    private static float[] Shrink(Picture picture, in MaskArea area, int step, int width, int height)
    {
        var values = new float[3 * width * height];
        for (var y = 0; y < height; y++)
        {
            int top = area.Top + (y * step), bottom = Math.Min(top + step, area.Bottom);
            for (var x = 0; x < width; x++)
            {
                int left = area.Left + (x * step), right = Math.Min(left + step, area.Right);
                var share = 1f / ((right - left) * (bottom - top));
                for (var row = top; row < bottom; row++)
                {
                    var from = picture.OffsetOf(left, row);
                    for (var i = 0; i < 3 * (right - left); i++)
                    {
                        values[(3 * ((y * width) + x)) + (i % 3)] += picture.Pixels[from + i] * share;
                    }
                }
            }
        }

        return values;
    }

    private static float[] BlurRowsAndTranspose(float[] values, int width, int height, float[] kernel)
    {
        var result = new float[values.Length];
        var reach = kernel.Length / 2;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                float red = 0, green = 0, blue = 0;
                for (var i = 0; i < kernel.Length; i++)
                {
                    var from = 3 * ((y * width) + Math.Clamp(x + i - reach, 0, width - 1));
                    red += kernel[i] * values[from];
                    green += kernel[i] * values[from + 1];
                    blue += kernel[i] * values[from + 2];
                }

                var to = 3 * ((x * height) + y);
                (result[to], result[to + 1], result[to + 2]) = (red, green, blue);
            }
        }

        return result;
    }

    // Bilinear between the means, whose centres lie (i + 0.5) x step from the corner.
    private static void Paint(
        Picture picture, in MaskArea area, in MaskArea painted, int step, float[] values, int width, int height)
    {
        for (var y = painted.Top; y < painted.Bottom; y++)
        {
            var (above, below, down) = Neighbours(y - area.Top, step, height);
            var (from, to) = painted.Columns(y);
            for (int x = from, at = picture.OffsetOf(from, y); x < to; x++, at += 3)
            {
                var (left, right, along) = Neighbours(x - area.Left, step, width);
                for (var c = 0; c < 3; c++)
                {
                    var upper = float.Lerp(Value(left, above, c), Value(right, above, c), along);
                    var lower = float.Lerp(Value(left, below, c), Value(right, below, c), along);
                    picture.Pixels[at + c] = (byte)Math.Clamp(MathF.Round(float.Lerp(upper, lower, down)), 0, 255);
                }
            }
        }

        float Value(int x, int y, int channel) => values[(3 * ((y * width) + x)) + channel];
    }

    private static (int First, int Second, float Share) Neighbours(int pixel, int step, int count)
    {
        var place = Math.Clamp(((pixel + 0.5f) / step) - 0.5f, 0, count - 1);
        var first = (int)place;
        return (first, Math.Min(first + 1, count - 1), place - first);
    }
}
