using FaceLoupe.Training.Networks;

namespace FaceLoupe.Training.Export;

/// <summary>MB-FCN as an ONNX graph: any batch, any size that is a multiple of the largest stride.</summary>
internal static class ProposalExport
{
    public const string Input = "image";

    public static OnnxGraph Graph(ProposalNetwork network)
    {
        var graph = new OnnxGraph("proposals");
        var stages = graph.Trunk(graph.Input(Input, "N", 3, "H", "W"), network.Trunk);
        foreach (var branch in network.Branches)
        {
            var sum = graph.Relu(stages.Select((stage, i) => Skip(graph, branch, stage, i)).Aggregate(graph.Add));
            var feature = graph.Layers(sum, branch.Mix, branch.Reduce);
            var options = network.Options.Branches.Single(b => b.Stride == branch.Stride).ToSection();
            graph.Output(options.Scores, graph.Layer(feature, branch.Scores), "N", branch.Scores.OutChannels, Rows(branch), Columns(branch));
            graph.Output(options.Deltas, graph.Layer(feature, branch.Deltas), "N", branch.Deltas.OutChannels, Rows(branch), Columns(branch));
        }

        return graph;
    }

    private static string Rows(ProposalBranch branch) => $"H{branch.Stride}";

    private static string Columns(ProposalBranch branch) => $"W{branch.Stride}";

    private static string Skip(OnnxGraph graph, ProposalBranch branch, string stage, int index)
    {
        var stride = ProposalBranch.StageStride(index + 1);
        var lateral = branch.Laterals[index];
        if (stride < branch.Stride)
        {
            var ratio = branch.Stride / stride;
            return graph.Layer(graph.MaxPool(stage, ratio, ratio), lateral);
        }

        var skip = graph.Layer(stage, lateral);
        return stride > branch.Stride ? graph.ResizeNearest(skip, stride / branch.Stride) : skip;
    }
}
