using FaceLoupe.Training.Onnx;
using Onnx;

namespace FaceLoupe.Training.Compression.Quantisation;

/// <summary>
/// Which convolutions of a network run in 8 bits, and which values between operations are rounded. Adding and pooling
/// stay in 8 bits too, but not resizing: ONNX Runtime takes twice as long for it with bytes.
/// </summary>
internal sealed class QuantisationPlan
{
    private readonly Dictionary<string, List<NodeProto>> consumers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodeProto> makers = new(StringComparer.Ordinal);

    /// <summary>Makes the plan.</summary>
    /// <param name="file">The network, with floats.</param>
    /// <param name="minChannels">Convolutions with fewer input channels stay in floats: they gain nothing.</param>
    public QuantisationPlan(OnnxFile file, int minChannels)
    {
        foreach (var node in file.Nodes)
        {
            makers[node.Output[0]] = node;
            foreach (var input in node.Input)
            {
                (consumers.TryGetValue(input, out var list) ? list : consumers[input] = []).Add(node);
            }
        }

        Convolutions = [.. file.Nodes.Where(node => node.OpType == "Conv" && IsWide(file, node, minChannels))];
        foreach (var convolution in Convolutions)
        {
            Rounded.Add(convolution.Input[0]);
            Rounded.Add(ResultOf(convolution));
        }

        foreach (var node in file.Nodes)
        {
            if (node.OpType == "Add" && node.Input.All(Rounded.Contains))
            {
                Rounded.Add(ResultOf(node));
            }
        }

        ConvolutionCount = file.Nodes.Count(node => node.OpType == "Conv");
    }

    /// <summary>The convolutions that run in 8 bits.</summary>
    public IReadOnlyList<NodeProto> Convolutions { get; }

    /// <summary>Number of all convolutions.</summary>
    public int ConvolutionCount { get; }

    /// <summary>The values that are rounded to 8 bits.</summary>
    public HashSet<string> Rounded { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether an operation pools the result of a float convolution and its ReLU.</summary>
    public bool PoolsFloats(NodeProto node) =>
        node.OpType == "MaxPool" && makers.GetValueOrDefault(node.Input[0]) is { OpType: "Relu" } relu
        && !Rounded.Contains(relu.Output[0]);

    // The ReLU behind an operation is part of it: rounding to 0..255 clips negative numbers anyway.
    private string ResultOf(NodeProto node) =>
        consumers.GetValueOrDefault(node.Output[0]) is [{ OpType: "Relu" } relu] ? relu.Output[0] : node.Output[0];

    // A convolution whose result is an output of the network stays in floats: scores and box deltas need the precision.
    private bool IsWide(OnnxFile file, NodeProto node, int minChannels) =>
        file.FindConstant(node.Input[1]) is { Dims: [_, var channels, _, _] } && channels >= minChannels
        && consumers.GetValueOrDefault(ResultOf(node)) is { } users && users.All(user => user.OpType != "Identity");
}
