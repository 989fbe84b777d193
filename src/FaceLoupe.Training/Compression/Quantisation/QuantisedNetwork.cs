using System.Diagnostics;
using System.Globalization;
using FaceLoupe.Models;
using FaceLoupe.Training.Onnx;

namespace FaceLoupe.Training.Compression.Quantisation;

/// <summary>One network in 8 bits, and what that does to it.</summary>
/// <param name="Bytes">The ONNX file; that of before where nothing gained.</param>
/// <param name="Report">A line for people.</param>
internal sealed record QuantisedNetwork(byte[] Bytes, string Report)
{
    private const int TimedRounds = 3;

    /// <summary>
    /// Quantises with both kinds of ranges and takes the one whose outputs are nearer to those with floats, on inputs
    /// that the ranges were not made of.
    /// </summary>
    /// <param name="name">Its name in the report.</param>
    /// <param name="bytes">The ONNX file with floats.</param>
    /// <param name="input">Name of its input.</param>
    /// <param name="outputs">Names of its outputs that matter.</param>
    /// <param name="samples">Inputs; every fourth is for comparing.</param>
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

        // Scores err by a tenth of what box deltas do, and by them boxes are ranked: ratios of errors count, not their
        // sums.
        var best = tried.MinBy(attempt => attempt.Errors.Average(error => Math.Log(Math.Max(error, 1e-9))));
        var other = tried.Except([best]).Single();
        var errors = string.Join(", ", outputs.Zip(best.Errors, (output, error) => string.Create(
            CultureInfo.InvariantCulture, $"{output} {error:0.0000}")));
        return new QuantisedNetwork(best.Bytes, string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {plan.Convolutions.Count} of {plan.ConvolutionCount} convolutions in 8 bits, ranges by "
            + $"{best.Kind}; relative error {errors} (by {other.Kind}: mean {other.Errors.Average():0.0000}); "
            + $"time x{best.Ratio:0.00}; {bytes.Length / 1e6:0.0} MB to {best.Bytes.Length / 1e6:0.0} MB"));
    }

    // Root mean square of the difference over that of the output.
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

    // Fastest of a few runs in turn: a hint, no benchmark.
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
