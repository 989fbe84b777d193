using System.Numerics;
using System.Runtime.InteropServices;
using FaceLoupe.Imaging;

namespace FaceLoupe.Evaluation;

/// <summary>How close a restored image is to the real one: PSNR and SSIM, over all three channels.</summary>
public static class PictureQuality
{
    /// <summary>Side of SSIM's Gaussian window, in pixels; smaller images have no SSIM.</summary>
    public const int SsimWindow = 11;

    /// <summary>Standard deviation of SSIM's Gaussian window, in pixels.</summary>
    public const double SsimSigma = 1.5;

    // Keeps the PSNR of equal images finite: 100 dB, far above what any restoration reaches.
    private const double LeastRelativeError = 1e-10;

    private static readonly float[] Window = GaussianKernel.Of(SsimSigma);

    /// <summary>
    /// Peak signal-to-noise ratio in dB, from the mean squared error over all channels; 100 for equal images.
    /// </summary>
    /// <param name="picture">The restored image.</param>
    /// <param name="real">The real one, of the same size.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double Psnr(Picture picture, Picture real)
    {
        CheckSizes(picture, real);
        long sum = 0;
        for (var i = 0; i < real.Pixels.Length; i++)
        {
            var difference = picture.Pixels[i] - real.Pixels[i];
            sum += difference * difference;
        }

        return Decibels((double)sum / real.Pixels.Length / (255 * 255));
    }

    /// <summary>
    /// Structural similarity (Wang et al. 2004), up to 1: Gaussian window of 11 px with a deviation of 1.5, population
    /// statistics, K1 = 0.01, K2 = 0.03; the mean over all positions with the window inside the image, and over the
    /// three channels.
    /// </summary>
    /// <param name="picture">The restored image.</param>
    /// <param name="real">The real one, of the same size, at least 11x11 px.</param>
    /// <exception cref="ArgumentException">The sizes differ or are too small.</exception>
    public static double Ssim(Picture picture, Picture real)
    {
        CheckSizes(picture, real);
        var (ours, theirs) = (new float[real.Pixels.Length], new float[real.Pixels.Length]);
        PixelTensor.Write(picture, ours);
        PixelTensor.Write(real, theirs);
        return Ssim(ours, theirs, real.Width, real.Height);
    }

    /// <summary>PSNR in dB of the mean squared error over the squared peak.</summary>
    internal static double Decibels(double relativeError) =>
        -10 * Math.Log10(Math.Max(relativeError, LeastRelativeError));

    /// <summary>SSIM of 3 x H x W values from -1 to 1, the convention of <see cref="PixelTensor"/>.</summary>
    internal static double Ssim(ReadOnlySpan<float> picture, ReadOnlySpan<float> real, int width, int height)
    {
        if (width < SsimWindow || height < SsimWindow)
        {
            throw new ArgumentException(
                $"SSIM needs at least {SsimWindow}x{SsimWindow} pixels, {width}x{height} were given.");
        }

        // SSIM compares means by their ratio, so black has to be 0.
        var (x, y) = (FromBlack(picture), FromBlack(real));
        var plane = width * height;
        double sum = 0;
        for (var channel = 0; channel < 3; channel++)
        {
            sum += OfPlane(x.AsSpan(channel * plane, plane), y.AsSpan(channel * plane, plane), width, height);
        }

        return sum / 3;
    }

    private static double OfPlane(ReadOnlySpan<float> x, ReadOnlySpan<float> y, int width, int height)
    {
        const double c1 = 0.01 * 0.01, c2 = 0.03 * 0.03; // of values from 0 to 1
        var products = new float[x.Length];
        var (meanX, meanY) = (Blur(x, width, height), Blur(y, width, height));
        var squareX = Blur(Multiply(x, x, products), width, height);
        var squareY = Blur(Multiply(y, y, products), width, height);
        var mixed = Blur(Multiply(x, y, products), width, height);
        double sum = 0;
        for (var i = 0; i < meanX.Length; i++)
        {
            double mx = meanX[i], my = meanY[i];
            double varianceX = squareX[i] - (mx * mx), varianceY = squareY[i] - (my * my),
                covariance = mixed[i] - (mx * my);
            sum += ((2 * mx * my) + c1) * ((2 * covariance) + c2)
                / (((mx * mx) + (my * my) + c1) * (varianceX + varianceY + c2));
        }

        return sum / meanX.Length;
    }

    private static float[] FromBlack(ReadOnlySpan<float> values)
    {
        var shifted = new float[values.Length];
        for (var i = 0; i < shifted.Length; i++)
        {
            shifted[i] = (values[i] + 1) / 2;
        }

        return shifted;
    }

    private static float[] Multiply(ReadOnlySpan<float> a, ReadOnlySpan<float> b, float[] products)
    {
        for (var i = 0; i < a.Length; i++)
        {
            products[i] = a[i] * b[i];
        }

        return products;
    }

    // Rows, then columns; only with the window inside.
    private static float[] Blur(ReadOnlySpan<float> values, int width, int height)
    {
        int columns = width - SsimWindow + 1, rows = height - SsimWindow + 1;
        var across = new float[columns * height];
        for (var row = 0; row < height; row++)
        {
            for (var k = 0; k < SsimWindow; k++)
            {
                AddScaled(values.Slice((row * width) + k, columns), Window[k], across.AsSpan(row * columns, columns));
            }
        }

        var result = new float[columns * rows];
        for (var row = 0; row < rows; row++)
        {
            for (var k = 0; k < SsimWindow; k++)
            {
                AddScaled(across.AsSpan((row + k) * columns, columns), Window[k],
                    result.AsSpan(row * columns, columns));
            }
        }

        return result;
    }

    private static void AddScaled(ReadOnlySpan<float> source, float factor, Span<float> target)
    {
        var from = MemoryMarshal.Cast<float, Vector<float>>(source);
        var to = MemoryMarshal.Cast<float, Vector<float>>(target);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += factor * from[i];
        }

        for (var i = to.Length * Vector<float>.Count; i < target.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }

    private static void CheckSizes(Picture picture, Picture real)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(real);
        if ((picture.Width, picture.Height) != (real.Width, real.Height))
        {
            throw new ArgumentException(
                $"Images of one size are compared; {picture.Width}x{picture.Height} and {real.Width}x{real.Height} "
                + "were given.");
        }
    }
}
