using System.Buffers;

namespace FaceLoupe.Imaging;

/// <summary>
/// The weights of one resampling and the loop over its rows. Kept from call to call, a few per process, so that cutting
/// out hundreds of faces allocates nothing.
/// </summary>
internal sealed class ResamplerPass : IDisposable
{
    [ThreadStatic]
    private static ResamplerPass? spare;

    private ResamplerPass()
    {
    }

    /// <summary>Weights along a row.</summary>
    public AxisWeights Columns { get; } = new();

    /// <summary>Weights down a column.</summary>
    public AxisWeights Rows { get; } = new();

    /// <summary>One to fill and use; dispose it to give it back.</summary>
    public static ResamplerPass Rent()
    {
        var pass = spare ?? new ResamplerPass();
        spare = null;
        return pass;
    }

    /// <inheritdoc/>
    public void Dispose() => spare = this;

    /// <summary>The result as an image.</summary>
    public Picture ToPicture(Picture source)
    {
        var result = new Picture(Columns.Count, Rows.Count);
        var length = 3 * Columns.Count;

        // One float more: the horizontal pass reads and writes pixels four floats at a time.
        var output = ArrayPool<float>.Shared.Rent(length + 1);
        var blended = RentBlended(out var blendedLength);
        for (var y = 0; y < Rows.Count; y++)
        {
            Blend(source, y, blended.AsSpan(0, blendedLength));
            RowKernels.BlendColumns(blended.AsSpan(0, blendedLength + 1), Columns, output.AsSpan(0, length + 1));
            RowKernels.Round(output.AsSpan(0, length), result.Pixels.AsSpan(y * length, length));
        }

        ArrayPool<float>.Shared.Return(blended);
        ArrayPool<float>.Shared.Return(output);
        return result;
    }

    /// <summary>Writes some rows of all three planes of the result.</summary>
    /// <param name="source">The image.</param>
    /// <param name="planes">3 x height x width floats.</param>
    /// <param name="from">First row.</param>
    /// <param name="to">Row after the last.</param>
    public void WriteRows(Picture source, Span<float> planes, int from, int to)
    {
        var (width, plane) = (Columns.Count, planes.Length / 3);
        var blended = RentBlended(out var blendedLength);
        for (var y = from; y < to; y++)
        {
            Blend(source, y, blended.AsSpan(0, blendedLength));
            RowKernels.BlendColumnsToPlanes(
                blended.AsSpan(0, blendedLength + 1),
                Columns,
                planes.Slice(y * width, width),
                planes.Slice(plane + (y * width), width),
                planes.Slice((2 * plane) + (y * width), width));
        }

        ArrayPool<float>.Shared.Return(blended);
    }

    // The vertical pass first: it runs along whole rows and leaves a single row of floats for the horizontal one.
    private void Blend(Picture source, int y, Span<float> blended)
    {
        var weights = Rows.Weights(y);
        var stride = 3 * source.Width;
        var block = source.Pixels.AsSpan(
            (Rows.First(y) * stride) + (3 * Columns.Begin), ((weights.Length - 1) * stride) + blended.Length);
        RowKernels.BlendRows(block, stride, weights, blended);
    }

    private float[] RentBlended(out int length)
    {
        length = 3 * (Columns.End - Columns.Begin);
        var blended = ArrayPool<float>.Shared.Rent(length + 1);
        blended[length] = 0;
        return blended;
    }
}
