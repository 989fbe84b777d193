using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Onnx;

namespace FaceLoupe.Training.Export;

/// <summary>G as an ONNX graph with both images as outputs; any batch, one size.</summary>
internal static class GeneratorExport
{
    public const string Input = "low";
    public const string Upsampled = "upsampled";
    public const string Refined = "refined";

    public static OnnxGraph Graph(GeneratorNetwork network, int lowResolution)
    {
        var high = lowResolution * GeneratorNetwork.Factor;
        var graph = new OnnxGraph("generator");
        var low = graph.Input(Input, "N", 3, lowResolution, lowResolution);
        var upsampled = Upsample(graph, low, network, lowResolution);
        graph.Output(Upsampled, upsampled, "N", 3, high, high);
        graph.Output(
            Refined, network.Refine is { } refine ? Refine(graph, upsampled, refine, network.Options) : upsampled, "N",
            3, high, high);
        return graph;
    }

    private static string Upsample(OnnxGraph graph, string low, GeneratorNetwork network, int lowResolution)
    {
        var net = network.Upsample;
        var x = graph.Layers(Features(graph, low, net), net.Up1, net.Up2, net.Output);
        return network.Options.InputSkip
            ? graph.Add(x, graph.ResizeCubic(low, lowResolution, lowResolution, GeneratorNetwork.Factor))
            : x;
    }

    private static string Refine(OnnxGraph graph, string upsampled, RefinementNetwork net, GeneratorOptions options)
    {
        var x = graph.Layers(Features(graph, upsampled, net), net.Wide1, net.Wide2, net.Output);
        return options.InputSkip ? graph.Add(x, upsampled) : x;
    }

    private static string Features(OnnxGraph graph, string input, ResidualNetwork net)
    {
        var first = graph.Layer(input, net.Head);
        var x = net.Blocks.Aggregate(
            first, (y, block) => graph.Relu(graph.Add(graph.Layers(y, block.Conv1, block.Conv2), y)));
        return graph.Add(graph.Layer(x, net.Tail), first);
    }
}
