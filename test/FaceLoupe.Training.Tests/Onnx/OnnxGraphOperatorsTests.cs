using FaceLoupe.Training.Onnx;
using FaceLoupe.Training.Tests.Export;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Tests.Onnx;

public sealed class OnnxGraphOperatorsTests
{
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(3, 1, 1)]
    [InlineData(3, 2, 1)]
    [InlineData(7, 2, 3)]
    public void conv_agrees_with_torch(int kernel, int stride, int padding)
    {
        var weight = GraphRun.Values(4 * 3 * kernel * kernel, 1);
        var bias = GraphRun.Values(4, 2);

        GraphRun.ShouldAgree(
            [2, 3, 13, 12],
            (graph, x) => graph.Conv(x, weight, [4, 3, kernel, kernel], bias, stride, padding),
            x => functional.conv2d(
                x, tensor(weight).reshape(4, 3, kernel, kernel), tensor(bias), [stride, stride], [padding, padding]));
    }

    [Theory]
    [InlineData(3, 2, 1, 1)]
    [InlineData(4, 2, 1, 0)]
    [InlineData(5, 3, 2, 1)]
    public void conv_transpose_agrees_with_torch(int kernel, int stride, int padding, int outputPadding)
    {
        var weight = GraphRun.Values(3 * 5 * kernel * kernel, 1);
        var bias = GraphRun.Values(5, 2);

        GraphRun.ShouldAgree(
            [2, 3, 6, 7],
            (graph, x) => graph.ConvTranspose(x, weight, [3, 5, kernel, kernel], bias, stride, padding, outputPadding),
            x => functional.conv_transpose2d(
                x,
                tensor(weight).reshape(3, 5, kernel, kernel),
                tensor(bias),
                [stride, stride],
                [padding, padding],
                [outputPadding, outputPadding]));
    }

    [Fact]
    public void conv_without_bias_gives_hand_values()
    {
        var graph = new OnnxGraph("hand");
        var x = graph.Input("x", 1, 1, 2, 2);
        graph.Output("y", graph.Conv(x, [2], [1, 1, 1, 1], null), 1, 1, 2, 2);

        GraphRun.Run(graph, [1, -2, 3, 0], [1, 1, 2, 2]).Values.ShouldBe([2f, -4, 6, 0]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void enlargements_agree_with_torch(int factor)
    {
        var modes = new (InterpolationMode Mode, Func<OnnxGraph, string, string> Build)[]
        {
            (InterpolationMode.Nearest, (graph, x) => graph.ResizeNearest(x, factor)),
            (InterpolationMode.Bicubic, (graph, x) => graph.ResizeCubic(x, 5, 6, factor)),
        };
        foreach (var (mode, build) in modes)
        {
            GraphRun.ShouldAgree(
                [2, 3, 5, 6],
                build,
                x => functional.interpolate(
                    x,
                    scale_factor: [factor, factor],
                    mode: mode,
                    align_corners: mode == InterpolationMode.Nearest ? null : false));
        }
    }

    [Fact]
    public void pools_agree_with_torch()
    {
        GraphRun.ShouldAgree(
            [2, 3, 9, 8], (graph, x) => graph.MaxPool(x, 3, 2, 1), x => functional.max_pool2d(x, 3, 2, 1));
        GraphRun.ShouldAgree([2, 3, 9, 8], (graph, x) => graph.MaxPool(x, 2, 2), x => functional.max_pool2d(x, 2, 2));
        GraphRun.ShouldAgree(
            [2, 3, 9, 8], (graph, x) => graph.AveragePool(x, 3, 2, 1), x => functional.avg_pool2d(x, 3, 2, 1));
        GraphRun.ShouldAgree(
            [2, 3, 9, 8], (graph, x) => graph.GlobalAveragePool(x), x => x.mean([2, 3], keepdim: true));
    }

    [Fact]
    public void gemm_on_flattened_means_agrees_with_torch()
    {
        var weight = GraphRun.Values(4 * 3, 1);
        var bias = GraphRun.Values(4, 2);

        GraphRun.ShouldAgree(
            [5, 3, 4, 4],
            (graph, x) => graph.Gemm(graph.Flatten(graph.GlobalAveragePool(x)), weight, 4, 3, bias),
            x => functional.linear(x.mean([2, 3]), tensor(weight).reshape(4, 3), tensor(bias)));
    }

    [Fact]
    public void pointwise_operations_agree_with_torch()
    {
        GraphRun.ShouldAgree([2, 8, 3, 3], (graph, x) => graph.Relu(x), x => x.relu());
        GraphRun.ShouldAgree([2, 8, 3, 3], (graph, x) => graph.Add(x, graph.Relu(x)), x => x + x.relu());
    }
}
