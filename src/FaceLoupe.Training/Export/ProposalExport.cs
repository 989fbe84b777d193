using FaceLoupe.Training.Networks;

namespace FaceLoupe.Training.Export;

/// <summary>
/// MB-FCN as an ONNX graph: any batch, any size that is a multiple of the largest stride. What shrinks canvases in training
/// is left out: the graph takes pictures as small as the trunk sees them.
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
            var sum = graph.Relu(stages.Select((stage, i) => Skip(graph, branch, stage, i)).Aggregate(graph.Add));
            var feature = graph.Layers(sum, branch.Mix, branch.Reduce);
            var section = network.Options.Branches.Single(b => b.Stride == branch.Stride).ToSection(network.Options.Shrink);
            string[] map = [$"H{section.Stride}", $"W{section.Stride}"];
            graph.Output(section.Scores, graph.Layer(feature, branch.Scores), "N", branch.Scores.OutChannels, map[0], map[1]);
            graph.Output(section.Deltas, graph.Layer(feature, branch.Deltas), "N", branch.Deltas.OutChannels, map[0], map[1]);
        }

        return graph;
    }

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
