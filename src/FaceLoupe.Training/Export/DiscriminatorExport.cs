using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Export;

/// <summary>D as an ONNX graph with its heads as outputs; any batch, one size.</summary>
internal static class DiscriminatorExport
{
    public const string Input = "high";

    public const string Landmarks = "landmarks";

    public static IReadOnlyList<string> Outputs { get; } = ["real", "face", "delta"];

    /// <summary>The output of landmarks, as a manifest names it; null: the network has none.</summary>
    public static string? LandmarksOf(DiscriminatorNetwork network) => network.LandmarkHead is null ? null : Landmarks;

    public static OnnxGraph Graph(DiscriminatorNetwork network, int highResolution)
    {
        var graph = new OnnxGraph("discriminator");
        var stages = graph.Trunk(graph.Input(Input, "N", 3, highResolution, highResolution), network.Features);
        var feature = graph.Flatten(graph.GlobalAveragePool(stages[^1]));
        foreach (var (name, head) in Outputs.Zip(network.Heads))
        {
            graph.Output(name, Head(graph, feature, head), "N", (int)head.weight!.shape[0]);
        }

        if (network.LandmarkHead is { } landmarks)
        {
            var pooled = network.Options.MapSide(highResolution) / network.Options.LandmarkCells;
            var cells = graph.Flatten(pooled > 1 ? graph.AveragePool(stages[^1], pooled, pooled) : stages[^1]);
            graph.Output(Landmarks, Head(graph, cells, landmarks), "N", (int)landmarks.weight!.shape[0]);
        }

        return graph;
    }

    private static string Head(OnnxGraph graph, string feature, Linear head)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        graph.Remember(head);
        return graph.Gemm(
            feature, head.weight!.detach().data<float>().ToArray(), (int)head.weight.shape[0],
            (int)head.weight.shape[1], head.bias!.detach().data<float>().ToArray());
    }
}
