using FaceLoupe.Models;
using FaceLoupe.Training.Onnx;
using FaceLoupe.Training.Tests.Export;
using Microsoft.ML.OnnxRuntime;

namespace FaceLoupe.Training.Tests.Onnx;

public sealed class OnnxGraphTests
{
    [Fact]
    public void half_weights_take_half_the_space_and_are_rounded()
    {
        var weight = GraphRun.Values(64 * 64, 1);
        var graph = Linear(weight, 64);
        var input = new float[64];
        input[5] = 1;

        var (values, _) = GraphRun.Run(graph, input, [1, 64], WeightPrecision.Half);

        values.ShouldBe([.. Enumerable.Range(0, 64).Select(o => (float)(Half)weight[(o * 64) + 5])]);
        var (half, single) = (graph.ToBytes(WeightPrecision.Half).Length, graph.ToBytes(WeightPrecision.Single).Length);
        (single - half).ShouldBeInRange((64 * 64 * 2) - 200, 64 * 64 * 2);
    }

    [Fact]
    public void a_weight_too_large_for_16_bits_is_a_clear_fault()
    {
        var graph = Linear([1e6f], 1);

        Should.Throw<FaceLoupeException>(() => graph.ToBytes(WeightPrecision.Half)).Message.ShouldContain(
            "linear_0.weight holds 1000000");
    }

    [Fact]
    public void free_and_fixed_dimensions_are_in_the_file()
    {
        var graph = new OnnxGraph("shapes");
        var x = graph.Input("x", "N", 3, "H", "W");
        graph.Output("y", graph.Relu(x), "N", 3, "H", "W");

        using var session = new InferenceSession(graph.ToBytes(WeightPrecision.Single));

        session.InputMetadata["x"].SymbolicDimensions.ShouldBe(["N", "", "H", "W"]);
        session.InputMetadata["x"].Dimensions.ShouldBe([-1, 3, -1, -1]);
        session.OutputMetadata["y"].Dimensions.ShouldBe([-1, 3, -1, -1]);
        session.ModelMetadata.ProducerName.ShouldBe("faceloupe");
        session.ModelMetadata.GraphName.ShouldBe("shapes");
    }

    [Fact]
    public void a_result_may_be_an_output_and_an_input()
    {
        var graph = new OnnxGraph("two");
        var relu = graph.Relu(graph.Input("x", "N"));
        graph.Output("first", relu, "N");
        graph.Output("y", graph.Add(relu, relu), "N");

        using var model = OnnxModel.Load(graph.ToBytes(WeightPrecision.Half), "two");
        using var outputs = model.Run("x", new float[] { -1, 2 }, [2], ["first", "y"]);

        outputs.Values(0).ToArray().ShouldBe([0f, 2]);
        outputs.Values(1).ToArray().ShouldBe([0f, 4]);
    }

    [Fact]
    public void the_same_graph_gives_the_same_bytes()
    {
        var weight = GraphRun.Values(16, 3);

        Linear(weight, 4).ToBytes(WeightPrecision.Half).ShouldBe(Linear(weight, 4).ToBytes(WeightPrecision.Half));
    }

    [Fact]
    public void invalid_calls_are_refused()
    {
        var graph = new OnnxGraph("slips");
        var x = graph.Input("x", "N", 4);

        Should.Throw<ArgumentException>(() => graph.Relu("nowhere")).Message.ShouldContain(
            "nothing is called 'nowhere'");
        Should.Throw<ArgumentException>(() => graph.Input("x", 1)).Message.ShouldContain("two values called 'x'");
        Should.Throw<ArgumentException>(() => graph.Gemm(x, [1, 2, 3], 1, 4, null)).Message.ShouldContain("3 values");
        Should.Throw<ArgumentException>(() => graph.Gemm(x, [1, 2, 3, 4], 1, 4, [1, 2], "named")).Message.ShouldContain(
            "named.bias");
    }

    // Whoever compares hashes of models counts on it.
    [Fact]
    public void a_file_that_is_read_and_written_has_the_same_bytes()
    {
        var bytes = Linear(GraphRun.Values(16, 3), 4).ToBytes(WeightPrecision.Half);

        OnnxFile.Read(bytes).ToBytes().ShouldBe(bytes);
    }

    private static OnnxGraph Linear(float[] weight, int size)
    {
        var graph = new OnnxGraph("linear");
        graph.Output("y", graph.Gemm(graph.Input("x", "N", size), weight, size, size, null), "N", size);
        return graph;
    }
}
