using FaceLoupe.Geometry;

namespace FaceLoupe.Imaging;

/// <summary>
/// Antialiased bicubic resampling (a = -0.5, pixel centres at halves, the kernel stretched when shrinking), the same
/// as Pillow's BICUBIC and in the inside of an image as MATLAB's imresize. Computed in float and rounded once.
/// </summary>
public static class Resampler
{
    // Beyond any image's size; from here on a float no longer distinguishes neighbouring pixels.
    private const float MaxCoordinate = 4_000_000;

    // Below this many values one thread is done before a second one has started.
    private const int ParallelValues = 1 << 17;

    /// <summary>Resizes a whole image. At the edges it blends only pixels that exist, as Pillow does.</summary>
    /// <param name="source">The image.</param>
    /// <param name="width">New width in pixels, at least 1.</param>
    /// <param name="height">New height in pixels, at least 1.</param>
    public static Picture Resize(Picture source, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckSize(width, height);
        using var pass = ResamplerPass.Rent();
        pass.Columns.Set(source.Width, 0, source.Width, width, repeatEdges: false);
        pass.Rows.Set(source.Height, 0, source.Height, height, repeatEdges: false);
        return pass.ToPicture(source);
    }

    /// <summary>
    /// Cuts a region out and resizes it. The region may reach outside the image, whose edge pixels are repeated
    /// there; pixels just outside the region take part in the blending, as if the image were resized first.
    /// </summary>
    /// <param name="source">The image.</param>
    /// <param name="region">
    /// What to cut out, in pixels of the source, not rounded; both sides above 0, no number beyond 4,000,000.
    /// </param>
    /// <param name="width">Width of the result in pixels, at least 1.</param>
    /// <param name="height">Height of the result in pixels, at least 1.</param>
    /// <exception cref="ArgumentException">The region is empty, inverted, not finite or absurdly far out.</exception>
    public static Picture Crop(Picture source, Box region, int width, int height)
    {
        using var pass = Prepare(source, region, width, height);
        return pass.ToPicture(source);
    }

    /// <summary>
    /// Cuts a region out, resizes it and writes it as network input: to the bit what <see cref="PixelTensor.Write"/>
    /// makes of <see cref="Crop(Picture, Box, int, int)"/>, without the image in between.
    /// </summary>
    /// <param name="source">The image.</param>
    /// <param name="region">What to cut out, as in <see cref="Crop(Picture, Box, int, int)"/>.</param>
    /// <param name="width">Width of the result in pixels, at least 1.</param>
    /// <param name="height">Height of the result in pixels, at least 1.</param>
    /// <param name="destination">Exactly 3 x height x width floats; the red plane first.</param>
    /// <param name="threads">Maximum number of threads for a large result; 0: one per core. Default 1.</param>
    /// <exception cref="ArgumentException">The region is invalid, or the destination has another length.</exception>
    public static void Crop(
        Picture source, Box region, int width, int height, Memory<float> destination, int threads = 1)
    {
        using var pass = Prepare(source, region, width, height);
        PixelTensor.CheckLength(destination.Length, width, height, nameof(destination));
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        var parts = destination.Length < ParallelValues ? 1
            : Math.Min(threads == 0 ? Environment.ProcessorCount : threads, height);
        if (parts == 1)
        {
            pass.WriteRows(source, destination.Span, 0, height);
        }
        else
        {
            WriteParts(pass, source, destination, parts);
        }
    }

    private static void WriteParts(ResamplerPass pass, Picture source, Memory<float> destination, int parts)
    {
        long height = pass.Rows.Count;
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts }, part => pass.WriteRows(
            source, destination.Span, (int)(part * height / parts), (int)((part + 1) * height / parts)));
    }

    private static ResamplerPass Prepare(Picture source, in Box region, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckSize(width, height);
        if (!region.IsValid || MathF.Max(MathF.Abs(region.X), MathF.Abs(region.Y)) > MaxCoordinate
            || region.LongerSide > MaxCoordinate)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"A region needs finite numbers and sides above 0 within {MaxCoordinate} px, this one is {region}."),
                nameof(region));
        }

        var pass = ResamplerPass.Rent();
        pass.Columns.Set(source.Width, region.X, region.Width, width, repeatEdges: true);
        pass.Rows.Set(source.Height, region.Y, region.Height, height, repeatEdges: true);
        return pass;
    }

    private static void CheckSize(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
    }
}
