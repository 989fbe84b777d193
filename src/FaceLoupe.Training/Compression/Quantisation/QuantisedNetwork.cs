using System.Diagnostics;
using System.Globalization;
using FaceLoupe.Models;
using FaceLoupe.Training.Onnx;

namespace FaceLoupe.Training.Compression.Quantisation;

/// <summary>One network in 8 bits, with its error and speed.</summary>
/// <param name="Bytes">The ONNX file; the original one if nothing is quantised.</param>
/// <param name="Report">A line for the log.</param>
internal sealed record QuantisedNetwork(byte[] Bytes, string Report)
{
    private const int TimedRounds = 3;

    /// <summary>
    /// Quantises with both kinds of ranges and takes the one with the smaller error against floats, on inputs that were
    /// not used for the ranges.
    /// </summary>
    /// <param name="name">Its name in the report.</param>
    /// <param name="bytes">The ONNX file with floats.</param>
    /// <param name="input">Name of its input.</param>
    /// <param name="outputs">Names of its outputs to compare.</param>
    /// <param name="samples">Inputs; every fourth is used for the comparison.</param>
    /// <param name="options">What to quantise.</param>
    public static QuantisedNetwork Make(
        string name, byte[] bytes, string input, string[] outputs, IReadOnlyList<NetworkInput> samples,
        QuantisationOptions options)
    {
        var file = OnnxFile.Read(bytes);
        var plan = new QuantisationPlan(file, options.MinChannels);
        if (plan.Convolutions.Count == 0 || samples.Count < 2)
        {
            return new QuantisedNetwork(bytes, samples.Count < 2
                ? $"{name}: stays as it is: the images gave it too little to calibrate with"
                : $"{name}: stays as it is: no convolution of {options.MinChannels} channels or more");
        }

        NetworkInput[] compared = [.. samples.Where((_, i) => i % 4 == 1)];
        var ranges = ActivationRanges.Measure(file, plan, input, [.. samples.Where((_, i) => i % 4 != 1)]);
        using var exact = OnnxModel.Load(bytes, name);
        var tried = new[] { ("extremes", ranges.Extremes), ("percentiles", ranges.Percentiles) }.Select(kind =>
        {
            var quantised = QuantisedGraph.Rewrite(file, plan, kind.Item2, options.SevenBits ? 63 : 127).ToBytes();
            using var rounded = OnnxModel.Load(quantised, name);
            var errors = outputs.Select((_, i) => Error(exact, rounded, input, outputs, i, compared)).ToArray();
            return (Kind: kind.Item1, Bytes: quantised, Errors: errors, Ratio: TimeRatio(
                exact, rounded, input, outputs, compared[0]));
        }).ToArray();

        // The errors of scores are a tenth of those of box deltas but matter more: compare ratios of errors, not sums.
        var best = tried.MinBy(attempt => attempt.Errors.Average(error => Math.Log(Math.Max(error, 1e-9))));
        var other = tried.Except([best]).Single();
        var errors = string.Join(", ", outputs.Zip(best.Errors, (output, error) => FormattableString.Invariant(
            $"{output} {error:0.0000}")));
        return new QuantisedNetwork(best.Bytes, string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {plan.Convolutions.Count} of {plan.ConvolutionCount} convolutions in 8 bits, ranges by "
            + $"{best.Kind}; relative error {errors} (by {other.Kind}: mean {other.Errors.Average():0.0000}); "
            + $"time x{best.Ratio:0.00}; {bytes.Length / 1e6:0.0} MB to {best.Bytes.Length / 1e6:0.0} MB"));
    }

    // Root mean square of the difference, relative to that of the output.
    private static double Error(
        OnnxModel exact, OnnxModel rounded, string input, string[] outputs, int index, NetworkInput[] samples)
    {
        double difference = 0, magnitude = 0;
        foreach (var sample in samples)
        {
            using var expected = exact.Run(input, sample.Values, sample.Shape, outputs);
            using var actual = rounded.Run(input, sample.Values, sample.Shape, outputs);
            var (a, b) = (expected.Values(index).ToArray(), actual.Values(index).ToArray());
            for (var i = 0; i < a.Length; i++)
            {
                difference += Math.Pow(b[i] - a[i], 2);
                magnitude += Math.Pow(a[i], 2);
            }
        }

        return Math.Sqrt(difference / Math.Max(magnitude, 1e-30));
    }

    // Fastest of a few alternating runs: a hint, no benchmark.
    private static double TimeRatio(
        OnnxModel exact, OnnxModel rounded, string input, string[] outputs, NetworkInput sample)
    {
        double[] best = [double.MaxValue, double.MaxValue];
        for (var i = 0; i < 2 * TimedRounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            (i % 2 == 0 ? exact : rounded).Run(input, sample.Values, sample.Shape, outputs).Dispose();
            best[i % 2] = Math.Min(best[i % 2], Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best[1] / best[0];
    }
}
