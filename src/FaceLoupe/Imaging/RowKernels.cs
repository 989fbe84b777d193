using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace FaceLoupe.Imaging;

/// <summary>
/// The inner loops of <see cref="Resampler"/>. Each checks its spans once in front and then loads without checks:
/// a check per load costs a third of the time.
/// </summary>
internal static class RowKernels
{
    private const int Lanes = 16;

    /// <summary>Weighted sum of rows of bytes: row k starts at k x stride.</summary>
    public static void BlendRows(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<float> weights, Span<float> sum)
    {
        var needed = ((long)(weights.Length - 1) * stride) + sum.Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Length, needed, nameof(rows));
        if (sum.Length < Lanes)
        {
            BlendShortRows(rows, stride, weights, sum);
            return;
        }

        ref var source = ref MemoryMarshal.GetReference(rows);
        ref var target = ref MemoryMarshal.GetReference(sum);
        for (var at = 0; at < sum.Length; at += Lanes)
        {
            // The last block ends with the row, and so overlaps the one before.
            var offset = Math.Min(at, sum.Length - Lanes);
            var (low, high) = (Vector256<float>.Zero, Vector256<float>.Zero);
            var position = (nuint)offset;
            foreach (var weight in weights)
            {
                var words = Vector256.WidenLower(Vector128.LoadUnsafe(ref source, position).ToVector256Unsafe());
                var (first, second) = Vector256.Widen(words);
                var factor = Vector256.Create(weight);
                low = Vector256.MultiplyAddEstimate(Vector256.ConvertToSingle(first.AsInt32()), factor, low);
                high = Vector256.MultiplyAddEstimate(Vector256.ConvertToSingle(second.AsInt32()), factor, high);
                position += (nuint)stride;
            }

            low.StoreUnsafe(ref target, (nuint)offset);
            high.StoreUnsafe(ref target, (nuint)offset + 8);
        }
    }

    /// <summary>
    /// Weighted sums of pixels of one row, of three floats each. Both spans have one float to spare at their end.
    /// </summary>
    public static void BlendColumns(ReadOnlySpan<float> row, AxisWeights columns, Span<float> output)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(row.Length, (3 * (columns.End - columns.Begin)) + 1, nameof(row));
        ArgumentOutOfRangeException.ThrowIfLessThan(output.Length, (3 * columns.Count) + 1, nameof(output));
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var target = ref MemoryMarshal.GetReference(output);
        for (var x = 0; x < columns.Count; x++)
        {
            // Red, green, blue, and the next pixel's red, which the next store overwrites.
            Pixel(ref source, columns, x).StoreUnsafe(ref target, (nuint)(3 * x));
        }
    }

    /// <summary>
    /// As <see cref="BlendColumns"/>, rounded to whole bytes and written as network input, a plane a colour. Four
    /// pixels at a time: their sums are turned from red, green, blue a pixel into four pixels a colour.
    /// </summary>
    public static void BlendColumnsToPlanes(
        ReadOnlySpan<float> row, AxisWeights columns, Span<float> red, Span<float> green, Span<float> blue)
    {
        var count = columns.Count;
        ArgumentOutOfRangeException.ThrowIfLessThan(row.Length, (3 * (columns.End - columns.Begin)) + 1, nameof(row));
        ArgumentOutOfRangeException.ThrowIfLessThan(
            Math.Min(Math.Min(red.Length, green.Length), blue.Length), count, nameof(red));
        ref var source = ref MemoryMarshal.GetReference(row);
        if (count < 4)
        {
            for (var x = 0; x < count; x++)
            {
                var value = PixelTensor.ToValues(Pixel(ref source, columns, x));
                (red[x], green[x], blue[x]) = (value[0], value[1], value[2]);
            }

            return;
        }

        ref var reds = ref MemoryMarshal.GetReference(red);
        ref var greens = ref MemoryMarshal.GetReference(green);
        ref var blues = ref MemoryMarshal.GetReference(blue);
        for (var at = 0; at < count; at += 4)
        {
            // The last four end with the row, and so overlap those before.
            var x = Math.Min(at, count - 4);
            var (a, b) = (Pixel(ref source, columns, x), Pixel(ref source, columns, x + 1));
            var (c, d) = (Pixel(ref source, columns, x + 2), Pixel(ref source, columns, x + 3));
            var (lowAc, lowBd) = (Interleave(a, c), Interleave(b, d));
            PixelTensor.ToValues(Interleave(lowAc, lowBd)).StoreUnsafe(ref reds, (nuint)x);
            PixelTensor.ToValues(InterleaveUpper(lowAc, lowBd)).StoreUnsafe(ref greens, (nuint)x);
            PixelTensor.ToValues(Interleave(InterleaveUpper(a, c), InterleaveUpper(b, d))).StoreUnsafe(
                ref blues, (nuint)x);
        }
    }

    /// <summary>Rounds to the nearest byte, clamped to 0 to 255.</summary>
    public static void Round(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes.Length, values.Length, nameof(bytes));
        ref var source = ref MemoryMarshal.GetReference(values);
        ref var target = ref MemoryMarshal.GetReference(bytes);
        var at = 0;
        for (; at <= values.Length - Lanes; at += Lanes)
        {
            var low = Vector256.Narrow(Whole(ref source, at), Whole(ref source, at + 8));
            Vector128.Narrow(low.GetLower(), low.GetUpper()).AsByte().StoreUnsafe(ref target, (nuint)at);
        }

        for (; at < values.Length; at++)
        {
            bytes[at] = (byte)(Math.Clamp(values[at], 0f, 255f) + 0.5f);
        }
    }

    // Red, green, blue, and a fourth value without meaning.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Pixel(ref float source, AxisWeights columns, int x)
    {
        var weights = columns.Weights(x);
        ref var from = ref Unsafe.Add(ref source, 3 * (columns.First(x) - columns.Begin));
        var sum = Vector128<float>.Zero;
        if (weights.Length == 4)
        {
            // What enlarging needs almost everywhere, without a loop.
            sum = Vector128.MultiplyAddEstimate(Vector128.LoadUnsafe(ref from), Vector128.Create(weights[0]), sum);
            sum = Vector128.MultiplyAddEstimate(Vector128.LoadUnsafe(ref from, 3), Vector128.Create(weights[1]), sum);
            sum = Vector128.MultiplyAddEstimate(Vector128.LoadUnsafe(ref from, 6), Vector128.Create(weights[2]), sum);
            return Vector128.MultiplyAddEstimate(Vector128.LoadUnsafe(ref from, 9), Vector128.Create(weights[3]), sum);
        }

        nuint position = 0;
        foreach (var weight in weights)
        {
            sum = Vector128.MultiplyAddEstimate(
                Vector128.LoadUnsafe(ref from, position), Vector128.Create(weight), sum);
            position += 3;
        }

        return sum;
    }

    private static Vector128<float> Interleave(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
        : Vector128.Create(a[0], b[0], a[1], b[1]);

    private static Vector128<float> InterleaveUpper(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
        : Vector128.Create(a[2], b[2], a[3], b[3]);

    private static Vector256<int> Whole(ref float source, int at)
    {
        var value = Vector256.LoadUnsafe(ref source, (nuint)at);
        value = Vector256.Min(Vector256.Max(value, Vector256<float>.Zero), Vector256.Create(255f));
        return Vector256.ConvertToInt32(value + Vector256.Create(0.5f));
    }

    private static void BlendShortRows(
        ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<float> weights, Span<float> sum)
    {
        sum.Clear();
        for (var k = 0; k < weights.Length; k++)
        {
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += weights[k] * rows[(k * stride) + i];
            }
        }
    }
}
