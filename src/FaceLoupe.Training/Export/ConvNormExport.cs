using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Onnx;

namespace FaceLoupe.Training.Export;

/// <summary>Adds a trained layer to a graph, with its normalisation folded into the weights.</summary>
internal static class ConvNormExport
{
    public static string Layer(this OnnxGraph graph, string x, ConvNorm layer)
    {
        var (weight, bias) = layer.Fold();
        var shape = layer.Weight.shape.Select(side => (int)side).ToArray();
        var y = layer.Transposed
            ? graph.ConvTranspose(x, weight, shape, bias, layer.Stride, layer.Kernel / 2, layer.Stride - 1)
            : graph.Conv(x, weight, shape, bias, layer.Stride, layer.Kernel / 2);
        graph.Remember(layer);
        return layer.Relu ? graph.Relu(y) : y;
    }

    public static string Layers(this OnnxGraph graph, string x, params ReadOnlySpan<ConvNorm> layers)
    {
        foreach (var layer in layers)
        {
            x = graph.Layer(x, layer);
        }

        return x;
    }

    /// <summary>The outputs of every stage of a trunk.</summary>
    public static string[] Trunk(this OnnxGraph graph, string x, FeatureTrunk trunk) => trunk switch
    {
        ResNetTrunk resNet => graph.Trunk(x, resNet),
        VggTrunk vgg => graph.Trunk(x, vgg),
        _ => throw new ArgumentException($"no export of a {trunk.GetType().Name}", nameof(trunk)),
    };

    private static string[] Trunk(this OnnxGraph graph, string x, VggTrunk trunk) =>
        [.. trunk.Blocks.Select((block, i) =>
            x = graph.Layers(i == 0 ? x : graph.MaxPool(x, 2, 2), [.. block]))];

    private static string[] Trunk(this OnnxGraph graph, string x, ResNetTrunk trunk)
    {
        x = graph.Layer(x, trunk.Stem);
        if (trunk.Options.StemMaxPool)
        {
            x = graph.MaxPool(x, 3, 2, 1);
        }

        return [.. trunk.Stages.Select(stage => x = stage.Aggregate(x, graph.Block))];
    }

    private static string Block(this OnnxGraph graph, string x, TrunkBlock block)
    {
        var shortcut = block.Downsample is { } downsample ? graph.Layer(x, downsample) : x;
        return graph.Relu(graph.Add(graph.Layers(x, block.Body), shortcut));
    }
}
