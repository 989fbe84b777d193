using FaceLoupe.Training.Onnx;
using Onnx;
using static Onnx.TensorProto.Types;

namespace FaceLoupe.Training.Compression.Quantisation;

/// <summary>
/// Rewrites a network: values in the plan are rounded to unsigned bytes and back (QuantizeLinear, DequantizeLinear),
/// and kernels become signed bytes with a scale per filter. ONNX Runtime fuses the three into one operation.
/// </summary>
internal static class QuantisedGraph
{
    /// <summary>Rewrites the network.</summary>
    /// <param name="file">The network with floats, unchanged.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="ranges">Range of each rounded value.</param>
    /// <param name="weightLimit">Largest weight: 127, or 63 for processors without VNNI.</param>
    public static OnnxFile Rewrite(
        OnnxFile file, QuantisationPlan plan, IReadOnlyDictionary<string, ValueRange> ranges, int weightLimit)
    {
        var result = file.Copy();
        foreach (var convolution in plan.Convolutions)
        {
            foreach (var weights in convolution.Input.Skip(1))
            {
                result.RemoveConstant(weights);
            }
        }

        NodeProto[] nodes = [.. result.Nodes];
        result.Nodes.Clear();
        var made = nodes.SelectMany(node => node.Output).ToHashSet(StringComparer.Ordinal);
        foreach (var input in plan.Rounded.Where(value => !made.Contains(value)))
        {
            Round(result, input, ranges[input]);
        }

        foreach (var node in nodes)
        {
            string[] inputs = [.. node.Input.Select(input => plan.Rounded.Contains(input) ? Rounded(input) : input)];
            if (plan.Convolutions.Contains(node))
            {
                Weights(result, file, inputs, ranges[node.Input[0]], weightLimit);
            }

            var inPlace = plan.PoolsFloats(node);
            node.Input.Clear();
            node.Input.Add(inputs);
            result.Nodes.Add(node);
            if (node.Output[0] is var output && plan.Rounded.Contains(output))
            {
                Round(result, output, ranges[output], inPlace);
            }
        }

        return result;
    }

    private static string Rounded(string value) => value + ".rounded";

    // ONNX Runtime moves a rounding before the pool that it follows; after a float convolution that pooling is twenty
    // times slower. An Abs between the two, without effect after a ReLU, keeps the rounding in place.
    private static void Round(OnnxFile file, string value, ValueRange range, bool inPlace = false)
    {
        Add(file, OnnxTensors.Of(value + ".scale", DataType.Float, [range.Scale]));
        Add(file, OnnxTensors.Of(value + ".zero", DataType.Uint8, [range.Zero]));
        string[] parameters = [value + ".scale", value + ".zero"];
        var rounded = value;
        if (inPlace)
        {
            rounded = value + ".kept";
            file.Nodes.Add(OnnxGraph.Node("Abs", [value], rounded));
        }

        file.Nodes.Add(OnnxGraph.Node("QuantizeLinear", [rounded, .. parameters], value + ".bytes"));
        file.Nodes.Add(OnnxGraph.Node("DequantizeLinear", [value + ".bytes", .. parameters], Rounded(value)));
    }

    // Kernel and bias become constants of bytes and 32-bit integers, followed by DequantizeLinear; its results replace
    // the inputs.
    private static void Weights(OnnxFile file, OnnxFile source, string[] inputs, ValueRange range, int weightLimit)
    {
        var kernel = source.FindConstant(inputs[1])!;
        var bias = inputs.Length > 2 ? source.FindConstant(inputs[2])!.ToSingles() : null;
        var values = kernel.ToSingles();
        var filters = (int)kernel.Dims[0];
        var length = values.Length / filters;
        var scales = new float[filters];
        var bytes = new sbyte[values.Length];
        for (var filter = 0; filter < filters; filter++)
        {
            var weights = values.AsSpan(filter * length, length);
            var largest = 0f;
            foreach (var weight in weights)
            {
                largest = MathF.Max(largest, MathF.Abs(weight));
            }

            // Coarse enough that the bias fits into 32 bits.
            var scale = MathF.Max(largest / weightLimit, MathF.Abs(bias?[filter] ?? 0) / range.Scale / (1 << 30));
            scales[filter] = MathF.Max(scale, 1e-12f);
            for (var i = 0; i < length; i++)
            {
                bytes[(filter * length) + i] =
                    (sbyte)Math.Clamp(MathF.Round(weights[i] / scales[filter]), -weightLimit, weightLimit);
            }
        }

        inputs[1] = Dequantise(
            file, OnnxTensors.Of(inputs[1], DataType.Int8, bytes, kernel.Dims), scales,
            OnnxTensors.Of(inputs[1] + ".zero", DataType.Int8, new sbyte[filters], filters));
        if (bias is not null)
        {
            var biasScales = Array.ConvertAll(scales, scale => scale * range.Scale);
            var integers = bias.Zip(biasScales, (value, scale) => (int)Math.Round((double)value / scale)).ToArray();
            inputs[2] = Dequantise(
                file, OnnxTensors.Of(inputs[2], DataType.Int32, integers, filters), biasScales,
                OnnxTensors.Of(inputs[2] + ".zero", DataType.Int32, new int[filters], filters));
        }
    }

    private static string Dequantise(OnnxFile file, TensorProto values, float[] scales, TensorProto zeros)
    {
        var scale = OnnxTensors.Of(values.Name + ".scale", DataType.Float, scales, scales.Length);
        Add(file, values);
        Add(file, scale);
        Add(file, zeros);
        file.Nodes.Add(OnnxGraph.Node(
            "DequantizeLinear", [values.Name, scale.Name, zeros.Name], Rounded(values.Name), OnnxAttribute.Of(
                "axis", 0L)));
        return Rounded(values.Name);
    }

    private static void Add(OnnxFile file, TensorProto tensor) => file.Constants.Add(tensor.Name, tensor);
}
