using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Onnx;

namespace FaceLoupe.Training.Export;

/// <summary>
/// MB-FCN as an ONNX graph: any batch, any size that is a multiple of the largest stride. The shrinking of canvases in
/// training is left out: the graph takes images at the size of the trunk's input.
/// </summary>
internal static class ProposalExport
{
    public const string Input = "image";

    public static OnnxGraph Graph(ProposalNetwork network)
    {
        var graph = new OnnxGraph("proposals");
        var stages = graph.Trunk(graph.Input(Input, "N", 3, "H", "W"), network.Trunk);
        foreach (var branch in network.Branches)
        {
            var sum = graph.Relu(Sum(graph, branch, [.. stages.Select((stage, i) => Skip(graph, branch, stage, i))]));
            var feature = graph.Layers(sum, branch.Mix, branch.Reduce);
            var section = network.Options.Branches.Single(b => b.Stride == branch.Stride)
                .ToSection(network.Options.Shrink);
            string[] map = [$"H{section.Stride}", $"W{section.Stride}"];
            graph.Output(
                section.Scores, graph.Layer(feature, branch.Scores), "N", branch.Scores.OutChannels, map[0], map[1]);
            graph.Output(
                section.Deltas, graph.Layer(feature, branch.Deltas), "N", branch.Deltas.OutChannels, map[0], map[1]);
        }

        return graph;
    }

    // A lateral at the branch's stride, or at its stage's if that is coarser.
    private static string Skip(OnnxGraph graph, ProposalBranch branch, string stage, int index)
    {
        var stride = ProposalBranch.StageStride(index + 1);
        var lateral = branch.Laterals[index];
        return stride < branch.Stride
            ? graph.Layer(graph.MaxPool(stage, branch.Stride / stride, branch.Stride / stride), lateral)
            : graph.Layer(stage, lateral);
    }

    // From the coarsest on, stride by stride: the same sum with less resizing.
    private static string Sum(OnnxGraph graph, ProposalBranch branch, string[] skips)
    {
        var sum = skips[^1];
        for (var i = skips.Length - 2; i >= 0; i--)
        {
            var (coarser, finer) = (Stride(i + 1), Stride(i));
            sum = graph.Add(coarser > finer ? graph.ResizeNearest(sum, coarser / finer) : sum, skips[i]);
        }

        return Stride(0) > branch.Stride ? graph.ResizeNearest(sum, Stride(0) / branch.Stride) : sum;

        int Stride(int index) => Math.Max(ProposalBranch.StageStride(index + 1), branch.Stride);
    }
}
