using FaceLoupe.Training.Export;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Export;

[Collection(TorchAlone.Name)]
public sealed class ExportParityTests
{
    private static readonly long[][] Shapes = [[1, 3, 8, 8], [2, 3, 12, 10]];

    [Theory]
    [InlineData(nameof(NormMode.Batch), false)]
    [InlineData(nameof(NormMode.Frozen), false)]
    [InlineData(nameof(NormMode.Batch), true)]
    public void a_layer_with_its_norm_folded_passes(string mode, bool transposed)
    {
        using var layer = Layer(Enum.Parse<NormMode>(mode), transposed);

        var results = ExportParity.Check(Graph(layer), WeightPrecision.Half, "x", Shapes, x => Run(layer, x));

        results.Count.ShouldBe(4);
        results.Where(result => result.Precision == WeightPrecision.Single).ShouldAllBe(
            result => result.MaxRelative < 1e-5);
        results.Where(result => result.Precision == WeightPrecision.Half).ShouldAllBe(result => result.MaxRelative > 0);
    }

    [Fact]
    public void another_network_fails()
    {
        using var layer = Layer(NormMode.Batch, transposed: false);

        Should.Throw<FaceLoupeException>(() => ExportParity.Check(
            Graph(layer), WeightPrecision.Single, "x", Shapes, x =>
                new Dictionary<string, Tensor> { ["y"] = layer.forward(x).Times(1.001) }))
            .Message.ShouldContain("differs from the trained one");
    }

    [Theory]
    [InlineData(2e-8, true)] // seen of a head whose outputs were near 1e-4
    [InlineData(2e-6, false)]
    public void rounding_of_tiny_outputs_is_no_difference(double error, bool passes)
    {
        using var layer = Layer(NormMode.None, transposed: false);
        using (no_grad())
        {
            foreach (var values in layer.parameters())
            {
                values.mul_(1e-4f);
            }
        }

        Action check = () => ExportParity.Check(
            Graph(layer), WeightPrecision.Single, "x", Shapes, x =>
                new Dictionary<string, Tensor> { ["y"] = layer.forward(x).Plus(error) });

        if (passes)
        {
            Should.NotThrow(check);
        }
        else
        {
            Should.Throw<FaceLoupeException>(check);
        }
    }

    [Fact]
    public void a_value_that_is_not_finite_fails()
    {
        using var layer = Layer(NormMode.Batch, transposed: false);

        Should.Throw<FaceLoupeException>(() => ExportParity.Check(
            Graph(layer), WeightPrecision.Single, "x", Shapes, x =>
                new Dictionary<string, Tensor> { ["y"] = layer.forward(x).Times(double.NaN) }))
            .Message.ShouldContain("differs");
    }

    [Fact]
    public void another_shape_fails()
    {
        using var layer = Layer(NormMode.Batch, transposed: false);

        Should.Throw<FaceLoupeException>(() => ExportParity.Check(
            Graph(layer), WeightPrecision.Single, "x", Shapes, x =>
                new Dictionary<string, Tensor> { ["y"] = layer.forward(x)[0] }))
            .Message.ShouldContain("came out as");
    }

    private static Dictionary<string, Tensor> Run(ConvNorm layer, Tensor x) => new() { ["y"] = layer.forward(x) };

    private static ConvNorm Layer(NormMode mode, bool transposed)
    {
        manual_seed(3);
        var layer = new ConvNorm("layer", 3, 5, 3, 2, mode, relu: true, transposed);
        layer.train();
        if (mode == NormMode.Batch)
        {
            using var scope = NewDisposeScope();
            layer.forward(randn(8, 3, 9, 9).Times(3)); // running statistics other than 0 and 1
        }

        layer.eval();
        return layer;
    }

    private static OnnxGraph Graph(ConvNorm layer)
    {
        var graph = new OnnxGraph("layer");
        var x = graph.Input("x", "N", 3, "H", "W");
        var (weight, bias) = layer.Fold();
        int[] shape = [.. layer.Weight.shape.Select(side => (int)side)];
        var y = layer.Transposed
            ? graph.ConvTranspose(x, weight, shape, bias, layer.Stride, layer.Kernel / 2, layer.Stride - 1)
            : graph.Conv(x, weight, shape, bias, layer.Stride, layer.Kernel / 2);
        graph.Output("y", graph.Relu(y), "N", layer.OutChannels, "h", "w");
        return graph;
    }
}
