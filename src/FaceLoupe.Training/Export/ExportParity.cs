using System.Globalization;
using FaceLoupe.Models;
using FaceLoupe.Training.Onnx;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Export;

/// <summary>How far one output of an exported network is from the trained one's.</summary>
/// <param name="Output">Name of the output.</param>
/// <param name="Precision">Storage of the weights that was looked at.</param>
/// <param name="InputShape">Shape of the random input.</param>
/// <param name="MaxAbsolute">Largest difference.</param>
/// <param name="MaxRelative">
/// Largest difference over the largest magnitude of the trained network's output, but no less than
/// <see cref="ExportParity.LeastMagnitude"/>.
/// </param>
internal sealed record ParityResult(
    string Output, WeightPrecision Precision, string InputShape, double MaxAbsolute, double MaxRelative)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Output} {InputShape}, {(Precision == WeightPrecision.Half ? 16 : 32)}-bit weights: "
        + $"largest error {MaxAbsolute:G3}, relative {MaxRelative:G3}");
}

/// <summary>
/// Runs the same random inputs through the trained network and through its ONNX file. The graph must agree with 32-bit
/// weights, which shows that it is right; then the chosen storage is looked at, which shows what rounding costs.
/// </summary>
internal static class ExportParity
{
    /// <summary>Largest relative difference allowed with 32-bit weights: only the order of sums differs.</summary>
    public const double SingleTolerance = 1e-4;

    /// <summary>
    /// Largest relative difference allowed with 16-bit weights, each of which is off by up to 5e-4 of itself.
    /// </summary>
    public const double HalfTolerance = 1e-2;

    /// <summary>
    /// Smaller outputs are compared as if they were this large: they are differences of sums whose terms are larger,
    /// and so is the rounding.
    /// </summary>
    public const double LeastMagnitude = 1e-2;

    /// <summary>Compares; a <see cref="FaceLoupeException"/> when an output differs by more than allowed.</summary>
    /// <param name="graph">The exported network, of one input.</param>
    /// <param name="precision">Storage that will be shipped.</param>
    /// <param name="input">Name of the input; its values are even over [-1, 1].</param>
    /// <param name="shapes">Input shapes to try: at least two batches, and two sizes where the size is free.</param>
    /// <param name="network">
    /// The trained network in evaluation mode; gives its outputs by the names they have in the graph.
    /// </param>
    /// <param name="seed">Seed of the inputs.</param>
    public static IReadOnlyList<ParityResult> Check(
        OnnxGraph graph,
        WeightPrecision precision,
        string input,
        IEnumerable<long[]> shapes,
        Func<Tensor, IReadOnlyDictionary<string, Tensor>> network,
        int seed = 1)
    {
        var random = new Random(seed);
        var results = new List<ParityResult>();
        WeightPrecision[] precisions = precision == WeightPrecision.Single
            ? [precision]
            : [WeightPrecision.Single, precision];
        var models = precisions.Select(p => (Precision: p, Model: OnnxModel.Load(graph.ToBytes(p), graph.Name)))
            .ToList();
        try
        {
            foreach (var shape in shapes)
            {
                var values = new float[shape.Aggregate(1L, (product, side) => product * side)];
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = (random.NextSingle() * 2) - 1;
                }

                var expected = RunNetwork(network, values, shape);
                foreach (var (stored, model) in models)
                {
                    results.AddRange(Compare(graph, model, stored, input, values, shape, expected));
                }
            }
        }
        finally
        {
            models.ForEach(model => model.Model.Dispose());
        }

        return results;
    }

    private static Dictionary<string, (float[] Values, long[] Shape)> RunNetwork(
        Func<Tensor, IReadOnlyDictionary<string, Tensor>> network, float[] values, long[] shape)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return network(tensor(values).reshape(shape))
            .ToDictionary(
                output =>
                    output.Key, output => (output.Value.contiguous().data<float>().ToArray(), output.Value.shape));
    }

    private static IEnumerable<ParityResult> Compare(
        OnnxGraph graph,
        OnnxModel model,
        WeightPrecision precision,
        string input,
        float[] values,
        long[] shape,
        Dictionary<string, (float[] Values, long[] Shape)> expected)
    {
        var names = graph.OutputNames.ToArray();
        using var actual = model.Run(input, values, shape, names);
        for (var i = 0; i < names.Length; i++)
        {
            var (trained, trainedShape) = expected.TryGetValue(names[i], out var found)
                ? found
                : throw new ArgumentException($"the network gave no output called '{names[i]}'", nameof(expected));
            if (!actual.Shape(i).AsSpan().SequenceEqual(trainedShape))
            {
                throw new FaceLoupeException(
                    $"{graph.Name}: output '{names[i]}' came out as [{string.Join(", ", actual.Shape(i))}], "
                    + $"the trained network gives [{string.Join(", ", trainedShape)}]; nothing was exported");
            }

            var result = Measure(names[i], precision, $"[{string.Join(", ", shape)}]", actual.Values(i), trained);
            var tolerance = precision == WeightPrecision.Single ? SingleTolerance : HalfTolerance;
            if (!(result.MaxRelative <= tolerance)) // also when it is not a number
            {
                throw new FaceLoupeException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{graph.Name}: the exported network differs from the trained one ({result}; {tolerance} is "
                        + $"allowed); nothing was exported"));
            }

            yield return result;
        }
    }

    private static ParityResult Measure(
        string name, WeightPrecision precision, string shape, ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        double error = 0;
        double magnitude = 0;
        for (var i = 0; i < actual.Length; i++)
        {
            // Max of NaN and a number is NaN: a single one fails the check.
            error = Math.Max(error, Math.Abs((double)actual[i] - expected[i]));
            magnitude = Math.Max(magnitude, Math.Abs((double)expected[i]));
        }

        return new ParityResult(name, precision, shape, error, error / Math.Max(magnitude, LeastMagnitude));
    }
}
