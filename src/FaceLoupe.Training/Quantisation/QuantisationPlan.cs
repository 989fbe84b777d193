namespace FaceLoupe.Training.Quantisation;

/// <summary>
/// Which convolutions of a network are to calculate in 8 bits, and which values between operations are rounded for it.
/// Pooling, enlarging and adding between them go along, so that values stay in 8 bits from one convolution to the next.
/// </summary>
internal sealed class QuantisationPlan
{
    private readonly Dictionary<string, List<FileNode>> consumers = new(StringComparer.Ordinal);

    /// <summary>Plans.</summary>
    /// <param name="file">The network, with floats.</param>
    /// <param name="minChannels">Convolutions of fewer input channels stay as they are: they gain nothing.</param>
    public QuantisationPlan(OnnxFile file, int minChannels)
    {
        foreach (var node in file.Nodes)
        {
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
            if (node.Operator is "MaxPool" or "Resize" && Rounded.Contains(node.Inputs[0]))
            {
                Rounded.Add(node.Output);
                SameRange[node.Output] = node.Inputs[0];
            }
            else if (node.Operator == "Add" && node.Inputs.All(Rounded.Contains))
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

    /// <summary>Values that have the range of another one, because they are a choice of its numbers.</summary>
    public Dictionary<string, string> SameRange { get; } = new(StringComparer.Ordinal);

    /// <summary>Where a value's range is to be looked up.</summary>
    public string RangeOf(string value) => SameRange.TryGetValue(value, out var other) ? RangeOf(other) : value;

    // The ReLU behind an operation is part of it: rounding to 0..255 cuts off what is negative anyway.
    private string ResultOf(FileNode node) =>
        consumers.GetValueOrDefault(node.Output) is [{ Operator: "Relu" } relu] ? relu.Output : node.Output;

    // A convolution whose result leaves the network keeps its floats: scores and shifts want them, and it is narrow.
    private bool IsWide(OnnxFile file, FileNode node, int minChannels) =>
        FileWeights.Find(file, node.Inputs[1]) is { Shape: [_, var channels, _, _] } && channels >= minChannels
        && consumers.GetValueOrDefault(ResultOf(node)) is { } users && users.All(user => user.Operator != "Identity");
}
