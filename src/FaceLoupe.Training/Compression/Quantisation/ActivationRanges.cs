using FaceLoupe.Models;
using FaceLoupe.Training.Onnx;

namespace FaceLoupe.Training.Compression.Quantisation;

/// <summary>Numbers for a network's input.</summary>
internal sealed record NetworkInput(float[] Values, long[] Shape);

/// <summary>Smallest and largest number of a value; the range includes zero.</summary>
internal readonly record struct ValueRange(float Low, float High)
{
    /// <summary>Distance between two of the 256 steps.</summary>
    public float Scale => Math.Max((High - Low) / 255, 1e-8f);

    /// <summary>The step of zero.</summary>
    public byte Zero => (byte)Math.Clamp(MathF.Round(-Low / Scale), 0, 255);
}

/// <summary>The ranges of a network's values over given inputs, in two versions.</summary>
/// <param name="Extremes">From the smallest to the largest number.</param>
/// <param name="Percentiles">
/// The mean over the inputs of the range without one number in ten thousand at either end: rare peaks are clipped, and
/// all other numbers are rounded more finely.
/// </param>
internal sealed record ActivationRanges(
    IReadOnlyDictionary<string, ValueRange> Extremes, IReadOnlyDictionary<string, ValueRange> Percentiles)
{
    private const int Bins = 4096;
    private const double Outside = 1e-4;

    /// <summary>Runs a network with its intermediate values as additional outputs.</summary>
    public static ActivationRanges Measure(
        OnnxFile file, QuantisationPlan plan, string input, IReadOnlyList<NetworkInput> inputs)
    {
        var watched = file.Copy();
        string[] values = [.. plan.Rounded];
        foreach (var value in values.Where(value => value != input))
        {
            watched.AddOutput(value);
        }

        string[] outputs = [.. values.Where(value => value != input)];
        var extremes = values.ToDictionary(value => value, _ => default(ValueRange));
        var sums = values.ToDictionary(value => value, _ => default(ValueRange));
        using var model = OnnxModel.Load(watched.ToBytes(), "calibration");
        foreach (var sample in inputs)
        {
            using var results = model.Run(input, sample.Values, sample.Shape, outputs);
            for (var i = 0; i < values.Length; i++)
            {
                var at = Array.IndexOf(outputs, values[i]);
                Add(values[i], at < 0 ? sample.Values : results.Values(at), extremes, sums);
            }
        }

        return new ActivationRanges(
            extremes, sums.ToDictionary(sum => sum.Key, sum => new ValueRange(
                sum.Value.Low / inputs.Count, sum.Value.High / inputs.Count)));
    }

    private static void Add(
        string name,
        ReadOnlySpan<float> numbers, Dictionary<string, ValueRange> extremes, Dictionary<string, ValueRange> sums)
    {
        float low = 0, high = 0;
        foreach (var number in numbers)
        {
            low = MathF.Min(low, number);
            high = MathF.Max(high, number);
        }

        extremes[name] = new ValueRange(MathF.Min(extremes[name].Low, low), MathF.Max(extremes[name].High, high));
        var common = Common(numbers, low, high);
        sums[name] = new ValueRange(sums[name].Low + common.Low, sums[name].High + common.High);
    }

    private static ValueRange Common(ReadOnlySpan<float> numbers, float low, float high)
    {
        if (high <= low)
        {
            return default;
        }

        var counts = new int[Bins];
        var width = (high - low) / Bins;
        foreach (var number in numbers)
        {
            counts[Math.Clamp((int)((number - low) / width), 0, Bins - 1)]++;
        }

        var allowed = (long)(Outside * numbers.Length);
        int first = 0, last = Bins - 1;
        for (long seen = counts[first]; seen <= allowed && first < last; seen += counts[++first])
        {
        }

        for (long seen = counts[last]; seen <= allowed && last > first; seen += counts[--last])
        {
        }

        return new ValueRange(MathF.Min(0, low + (first * width)), MathF.Max(0, low + ((last + 1) * width)));
    }
}
