using FaceLoupe.Training.Onnx;

namespace FaceLoupe.Training.Compression.Quantisation;

/// <summary>
/// Which convolutions of a network are to calculate in 8 bits, and which values between operations are rounded for it.
/// Adding and pooling between them go along, so that values stay in 8 bits from one convolution to the next. Enlarging
/// does not: ONNX Runtime takes twice as long for it with bytes as with floats.
/// </summary>
internal sealed class QuantisationPlan
{
    private readonly Dictionary<string, List<FileNode>> consumers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileNode> makers = new(StringComparer.Ordinal);

    /// <summary>Plans.</summary>
    /// <param name="file">The network, with floats.</param>
    /// <param name="minChannels">Convolutions of fewer input channels stay as they are: they gain nothing.</param>
    public QuantisationPlan(OnnxFile file, int minChannels)
    {
        foreach (var node in file.Nodes)
        {
            makers[node.Output] = node;
            foreach (var input in node.Inputs)
            {
                (consumers.TryGetValue(input, out var list) ? list : consumers[input] = []).Add(node);
            }
        }

        Convolutions = [.. file.Nodes.Where(node => node.Operator == "Conv" && IsWide(file, node, minChannels))];
        foreach (var convolution in Convolutions)
        {
            Rounded.Add(convolution.Inputs[0]);
            Rounded.Add(ResultOf(convolution));
        }

        foreach (var node in file.Nodes)
        {
            if (node.Operator == "Add" && node.Inputs.All(Rounded.Contains))
            {
                Rounded.Add(ResultOf(node));
            }
        }

        ConvolutionCount = file.Nodes.Count(node => node.Operator == "Conv");
    }

    /// <summary>The convolutions that will calculate in 8 bits.</summary>
    public IReadOnlyList<FileNode> Convolutions { get; }

    /// <summary>Number of all convolutions.</summary>
    public int ConvolutionCount { get; }

    /// <summary>The values that are rounded to 8 bits.</summary>
    public HashSet<string> Rounded { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether an operation is a pool of what a convolution with floats and its ReLU give.</summary>
    public bool PoolsFloats(FileNode node) =>
        node.Operator == "MaxPool" && makers.GetValueOrDefault(node.Inputs[0]) is { Operator: "Relu" } relu
        && !Rounded.Contains(relu.Output);

    // The ReLU behind an operation is part of it: rounding to 0..255 cuts off what is negative anyway.
    private string ResultOf(FileNode node) =>
        consumers.GetValueOrDefault(node.Output) is [{ Operator: "Relu" } relu] ? relu.Output : node.Output;

    // A convolution whose result leaves the network keeps its floats: scores and box deltas want them, and it is
    // narrow.
    private bool IsWide(OnnxFile file, FileNode node, int minChannels) =>
        FileWeights.Find(file, node.Inputs[1]) is { Shape: [_, var channels, _, _] } && channels >= minChannels
        && consumers.GetValueOrDefault(ResultOf(node)) is { } users && users.All(user => user.Operator != "Identity");
}
