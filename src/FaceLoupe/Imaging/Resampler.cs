using System.Buffers;
using FaceLoupe.Geometry;

namespace FaceLoupe.Imaging;

/// <summary>
/// Antialiased bicubic resampling (a = -0.5, pixel centres at halves, the kernel stretched when shrinking), the same
/// as Pillow's BICUBIC and in the inside of a picture as MATLAB's imresize. Computed in float and rounded once.
/// </summary>
public static class Resampler
{
    // Farther out than any picture reaches; beyond it a float no longer tells neighbouring pixels apart.
    private const float MaxCoordinate = 4_000_000;

    /// <summary>Resizes a whole picture. At the edges it blends only pixels that exist, as Pillow does.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="width">New width in pixels, at least 1.</param>
    /// <param name="height">New height in pixels, at least 1.</param>
    public static Picture Resize(Picture source, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckSize(width, height);
        return Resample(
            source,
            AxisWeights.Create(source.Width, 0, source.Width, width, repeatEdges: false),
            AxisWeights.Create(source.Height, 0, source.Height, height, repeatEdges: false));
    }

    /// <summary>
    /// Cuts a region out and resizes it. The region may reach outside the picture, whose edge pixels are repeated
    /// there; pixels just outside the region take part in the blending, as if the picture were resized first.
    /// </summary>
    /// <param name="source">The picture.</param>
    /// <param name="region">What to cut out, in pixels of the source, not rounded; both sides above 0, no number beyond 4,000,000.</param>
    /// <param name="width">Width of the result in pixels, at least 1.</param>
    /// <param name="height">Height of the result in pixels, at least 1.</param>
    /// <exception cref="ArgumentException">The region is empty, inverted, not finite or absurdly far out.</exception>
    public static Picture Crop(Picture source, Box region, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckSize(width, height);
        if (!region.IsValid || MathF.Max(MathF.Abs(region.X), MathF.Abs(region.Y)) > MaxCoordinate
            || region.LongerSide > MaxCoordinate)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"A region needs finite numbers and sides above 0 within {MaxCoordinate} px, this one is {region}."), nameof(region));
        }

        return Resample(
            source,
            AxisWeights.Create(source.Width, region.X, region.Width, width, repeatEdges: true),
            AxisWeights.Create(source.Height, region.Y, region.Height, height, repeatEdges: true));
    }

    // The vertical pass first: it runs along whole rows and leaves a single row of floats for the horizontal one.
    private static Picture Resample(Picture source, AxisWeights columns, AxisWeights rows)
    {
        var result = new Picture(columns.Count, rows.Count);
        var stride = 3 * source.Width;
        var from = 3 * columns.Begin;
        var blendedLength = 3 * (columns.End - columns.Begin);
        var outputLength = 3 * columns.Count;

        // One float more each: the horizontal pass reads and writes pixels four floats at a time.
        var blended = ArrayPool<float>.Shared.Rent(blendedLength + 1);
        var output = ArrayPool<float>.Shared.Rent(outputLength + 1);
        blended[blendedLength] = 0;
        for (var y = 0; y < rows.Count; y++)
        {
            var weights = rows.Weights(y);
            var first = rows.First(y);
            var block = source.Pixels.AsSpan((first * stride) + from, ((weights.Length - 1) * stride) + blendedLength);
            RowKernels.BlendRows(block, stride, weights, blended.AsSpan(0, blendedLength));
            RowKernels.BlendColumns(blended.AsSpan(0, blendedLength + 1), columns, output.AsSpan(0, outputLength + 1));
            RowKernels.Round(output.AsSpan(0, outputLength), result.Pixels.AsSpan(y * outputLength, outputLength));
        }

        ArrayPool<float>.Shared.Return(blended);
        ArrayPool<float>.Shared.Return(output);
        return result;
    }

    private static void CheckSize(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
    }
}
