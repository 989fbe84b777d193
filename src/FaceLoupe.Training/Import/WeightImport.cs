using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Onnx;
using Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Import;

/// <summary>Loads the weights of an exported network back into its layers.</summary>
internal static class WeightImport
{
    private static readonly string[] Weighted = ["Conv", "ConvTranspose", "Gemm"];

    /// <summary>Fills the layers; batch normalisations are folded (<see cref="ConvNorm.LoadFolded"/>).</summary>
    /// <param name="graph">The graph of the network's export, whatever its weights.</param>
    /// <param name="path">The ONNX file.</param>
    /// <exception cref="FaceLoupeException">The file is of another network, or quantised.</exception>
    public static void Fill(OnnxGraph graph, string path)
    {
        // In the order of the file: names contain the operation's number, which differs between versions.
        var file = OnnxFile.Read(File.ReadAllBytes(path));
        NodeProto[] weighted = [.. file.Nodes.Where(node => Weighted.Contains(node.OpType))];
        if (weighted.Length != graph.TrainedLayers.Count)
        {
            throw new FaceLoupeException(
                $"{path}: {weighted.Length} layers of floats where the {graph.Name} network of the options has "
                + $"{graph.TrainedLayers.Count}; give the options that the model was trained with, and a model that is "
                + "not quantised.");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (node, layer) in weighted.Zip(graph.TrainedLayers))
        {
            var (weight, bias) = (Find(node, 1), Find(node, 2));
            if (layer is ConvNorm convolution && weight.Dims.SequenceEqual(convolution.Weight.shape))
            {
                convolution.LoadFolded(weight.ToSingles(), bias.ToSingles());
            }
            else if (layer is Linear linear && weight.Dims.SequenceEqual(linear.weight!.shape))
            {
                linear.weight!.copy_(tensor(weight.ToSingles()).reshape(linear.weight.shape));
                linear.bias!.copy_(tensor(bias.ToSingles()));
            }
            else
            {
                throw Unlike(node);
            }
        }

        TensorProto Find(NodeProto node, int input) =>
            (node.Input.Count > input ? file.FindConstant(node.Input[input]) : null) ?? throw Unlike(node);

        FaceLoupeException Unlike(NodeProto node) => new(
            $"{path}: does not fit the {graph.Name} network of the options (at '{node.Output[0]}'); give those that "
                + "the model was trained with.");
    }
}
