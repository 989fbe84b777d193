namespace FaceLoupe.Imaging;

/// <summary>
/// For each output position along one axis: the source positions that it blends, and their weights. The cubic (a =
/// -0.5) is stretched by the scale when shrinking, so that every source pixel contributes, without aliasing.
/// </summary>
internal sealed class AxisWeights
{
    private int[] _first = [];
    private int[] _start = [];
    private float[] _weights = [];
    private double[] _taps = [];

    /// <summary>Number of output positions.</summary>
    public int Count { get; private set; }

    /// <summary>First source position that any output blends.</summary>
    public int Begin { get; private set; }

    /// <summary>One past the last source position that any output blends.</summary>
    public int End { get; private set; }

    /// <summary>First source position of output <paramref name="index"/>.</summary>
    public int First(int index) => _first[index];

    /// <summary>Weights of output <paramref name="index"/>, from <see cref="First"/> on; they sum to 1.</summary>
    public ReadOnlySpan<float> Weights(int index) => _weights.AsSpan(_start[index], _start[index + 1] - _start[index]);

    /// <summary>
    /// Weights that map the stretch [<paramref name="start"/>, start + length) of a source onto outputs.
    /// </summary>
    /// <param name="sourceSize">Number of source positions.</param>
    /// <param name="start">Where the stretch begins, in source pixels.</param>
    /// <param name="length">Length of the stretch, in source pixels, above 0.</param>
    /// <param name="count">Number of outputs.</param>
    /// <param name="repeatEdges">
    /// True: the source is extended by copies of its last pixels. False: it ends there, and the weights of what exists
    /// are scaled up, as in Pillow.
    /// </param>
    public static AxisWeights Create(int sourceSize, double start, double length, int count, bool repeatEdges)
    {
        var weights = new AxisWeights();
        weights.Set(sourceSize, start, length, count, repeatEdges);
        return weights;
    }

    /// <summary>
    /// As <see cref="Create"/>, in place of what was here before; memory is used again where it suffices.
    /// </summary>
    public void Set(int sourceSize, double start, double length, int count, bool repeatEdges)
    {
        var scale = length / count;
        var stretch = Math.Max(scale, 1);
        var reach = 2 * stretch;
        var mostTaps = (int)Math.Min((2 * reach) + 2, sourceSize);
        Grow(ref _first, count);
        Grow(ref _start, count + 1);
        Grow(ref _taps, mostTaps);
        Grow(ref _weights, count * mostTaps);
        (Count, Begin, End) = (count, int.MaxValue, 0);
        for (var i = 0; i < count; i++)
        {
            var center = start + ((i + 0.5) * scale);
            var low = Math.Floor(center - reach + 0.5);
            var high = Math.Floor(center + reach + 0.5);
            var first = (int)Math.Clamp(low, 0, sourceSize - 1);
            var last = (int)Math.Clamp(high - 1, first, sourceSize - 1);
            var used = _taps.AsSpan(0, last - first + 1);
            used.Clear();
            Accumulate(used, first, center, stretch, repeatEdges ? low : first, repeatEdges ? high : last + 1);
            var (skipped, written) = WriteNormalised(used, _weights.AsSpan(_start[i]));
            _first[i] = first + skipped;
            _start[i + 1] = _start[i] + written;
            Begin = Math.Min(Begin, _first[i]);
            End = Math.Max(End, _first[i] + written);
        }
    }

    private static void Accumulate(Span<double> taps, int first, double center, double stretch, double low, double high)
    {
        for (var position = low; position < high; position++)
        {
            var tap = (int)Math.Clamp(position - first, 0, taps.Length - 1);
            taps[tap] += Cubic((position + 0.5 - center) / stretch);
        }
    }

    /// <summary>Writes the taps without the zeros at either end; returns how many were left out in front.</summary>
    private static (int Skipped, int Written) WriteNormalised(ReadOnlySpan<double> taps, Span<float> weights)
    {
        var sum = 0.0;
        foreach (var tap in taps)
        {
            sum += tap;
        }

        var skipped = taps.IndexOfAnyExcept(0.0);
        var last = taps.LastIndexOfAnyExcept(0.0);
        for (var i = skipped; i <= last; i++)
        {
            weights[i - skipped] = (float)(taps[i] / sum);
        }

        return (skipped, last + 1 - skipped);
    }

    private static void Grow<T>(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            array = new T[length];
        }
    }

    private static double Cubic(double x)
    {
        const double a = -0.5;
        x = Math.Abs(x);
        return x < 1 ? ((((a + 2) * x) - (a + 3)) * x * x) + 1
            : x < 2 ? ((((x - 5) * x) + 8) * x - 4) * a
            : 0;
    }
}
