using FaceLoupe.Models;
using FaceLoupe.Training.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Export;

/// <summary>Runs a graph of one input <c>x</c> and one output <c>y</c> in ONNX Runtime.</summary>
internal static class GraphRun
{
    public static (float[] Values, long[] Shape) Run(
        OnnxGraph graph, float[] input, long[] shape, WeightPrecision precision = WeightPrecision.Single)
    {
        using var model = OnnxModel.Load(graph.ToBytes(precision), graph.Name);
        using var outputs = model.Run("x", input, shape, ["y"]);
        return (outputs.Values(0).ToArray(), outputs.Shape(0));
    }

    /// <summary>Builds a graph of one operation, runs it on random values and expects what torch gives.</summary>
    public static void ShouldAgree(
        long[] shape, Func<OnnxGraph, string, string> build, Func<Tensor, Tensor> torchFunction, double tolerance =
            1e-5)
    {
        var graph = new OnnxGraph("test");
        var x = graph.Input("x", [.. shape.Select((_, i) => (OnnxDimension)$"d{i}")]);
        graph.Output(
            "y", build(graph, x),
            [.. Enumerable.Range(0, (int)torchFunction(zeros(shape)).dim()).Select(i => (OnnxDimension)$"e{i}")]);
        var input = Values((int)shape.Aggregate(1L, (a, b) => a * b), 7);

        var (actual, actualShape) = Run(graph, input, shape);

        using var scope = NewDisposeScope();
        var expected = torchFunction(tensor(input).reshape(shape)).contiguous();
        actualShape.ShouldBe(expected.shape);
        actual.ShouldBe(expected.data<float>().ToArray(), tolerance);
    }

    public static float[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
    }
}
