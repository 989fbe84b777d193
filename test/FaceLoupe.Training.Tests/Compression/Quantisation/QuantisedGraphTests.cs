using FaceLoupe.Models;
using FaceLoupe.Training.Compression.Quantisation;
using FaceLoupe.Training.Onnx;
using FaceLoupe.Training.Tests.Export;
using static Onnx.TensorProto.Types;

namespace FaceLoupe.Training.Tests.Compression.Quantisation;

public sealed class QuantisedGraphTests
{
    private static readonly long[] Shape = [2, 4, 12, 12];

    [Theory]
    [InlineData(nameof(WeightPrecision.Single))]
    [InlineData(nameof(WeightPrecision.Half))]
    public void a_file_that_is_read_and_written_is_the_same_network(string precision)
    {
        var bytes = Network().ToBytes(Enum.Parse<WeightPrecision>(precision));

        Run(OnnxFile.Read(bytes).ToBytes()).ShouldBe(Run(bytes));
    }

    [Fact]
    public void a_damaged_file_is_reported()
    {
        var bytes = Network().ToBytes(WeightPrecision.Single);
        Should.Throw<FaceLoupeException>(() => OnnxFile.Read(bytes.AsSpan(0, bytes.Length - 9))).Message.ShouldContain(
            "damaged");
    }

    [Fact]
    public void wide_convolutions_are_planned_but_not_those_of_outputs()
    {
        var file = OnnxFile.Read(Network().ToBytes(WeightPrecision.Half));

        var all = new QuantisationPlan(file, 1);
        all.Convolutions.Count.ShouldBe(3);
        all.ConvolutionCount.ShouldBe(4);
        new QuantisationPlan(file, 5).Convolutions.Count.ShouldBe(2);
        new QuantisationPlan(file, 9).Convolutions.ShouldBeEmpty();
    }

    [Fact]
    public void values_after_a_pool_are_rounded_and_a_float_pool_stays_in_floats()
    {
        var graph = new OnnxGraph("stem");
        var x = graph.Input("x", "N", 4, "H", "W");
        var stem = graph.Relu(
            graph.Conv(x, GraphRun.Values(8 * 4 * 9, 1), [8, 4, 3, 3], GraphRun.Values(8, 2), padding: 1));
        var middle = graph.Relu(graph.Conv(graph.MaxPool(stem, 2, 2), GraphRun.Values(8 * 8, 3), [8, 8, 1, 1], null));
        graph.Output("y", graph.Conv(middle, GraphRun.Values(2 * 8, 6), [2, 8, 1, 1], null), "N", 2, "h", "w");
        var file = OnnxFile.Read(graph.ToBytes(WeightPrecision.Half));
        var pool = file.Nodes.Single(node => node.OpType == "MaxPool");
        var behind = file.Nodes.Single(node => node.Input[0] == pool.Output[0]);

        // The stem in 8 bits too: so is the pool behind it.
        var all = new QuantisationPlan(file, 1);
        all.Convolutions.ShouldContain(behind);
        all.PoolsFloats(pool).ShouldBeFalse();
        Quantised(file, all).Nodes.ShouldAllBe(node => node.OpType != "Abs");

        // A stem with floats: something keeps the rounding from moving before the pool.
        var wide = new QuantisationPlan(file, 8);
        wide.Convolutions.ShouldBe([behind]);
        wide.PoolsFloats(pool).ShouldBeTrue();
        var kept = Quantised(file, wide).Nodes.Single(node => node.OpType == "Abs");
        kept.Input.ShouldBe([pool.Output[0]]);
    }

    [Theory]
    [InlineData(127, 0.02)]
    [InlineData(63, 0.03)]
    [InlineData(3, 1)]
    public void results_in_8_bits_are_near_those_with_floats(int weightLimit, double most)
    {
        var bytes = Network().ToBytes(WeightPrecision.Half);
        var file = OnnxFile.Read(bytes);
        var plan = new QuantisationPlan(file, 1);
        var ranges = ActivationRanges.Measure(file, plan, "x", [new NetworkInput(Input(), Shape)]);

        var quantised = QuantisedGraph.Rewrite(file, plan, ranges.Extremes, weightLimit);

        var (exact, rounded) = (Run(bytes), Run(quantised.ToBytes()));
        var error = Math.Sqrt(exact.Zip(rounded, (a, b) => Math.Pow(a - b, 2)).Sum() / exact.Sum(a => a * a));
        error.ShouldBeLessThan(most);
        error.ShouldBeGreaterThan(1e-6); // or nothing was rounded
        quantised.Constants.Values.Count(constant => constant.Is(DataType.Int8) && constant.Dims.Count == 4)
            .ShouldBe(3);
        file.Nodes.ShouldAllBe(node => node.OpType != "QuantizeLinear"); // the original stays
    }

    [Fact]
    public void ranges_are_those_of_the_inputs()
    {
        var graph = new OnnxGraph("ranges");
        var x = graph.Input("x", "N", 1, "H", "W");
        var y = graph.Relu(graph.Conv(x, [2], [1, 1, 1, 1], [1]));
        graph.Output(
            "y", graph.Conv(graph.Relu(graph.Conv(y, [1], [1, 1, 1, 1], null)), [1], [1, 1, 1, 1], null), "N", 1, "H",
            "W");
        var file = OnnxFile.Read(graph.ToBytes(WeightPrecision.Single));
        var plan = new QuantisationPlan(file, 1);
        var common = Enumerable.Range(0, 40_000).Select(i => (i % 201 / 100f) - 1).ToArray();
        common[7] = 50;

        var ranges = ActivationRanges.Measure(file, plan, "x", [new NetworkInput(common, [1, 1, 200, 200])]);

        ranges.Extremes["x"].ShouldBe(new ValueRange(-1, 50));
        ranges.Extremes[y].ShouldBe(new ValueRange(0, 101));
        ranges.Percentiles["x"].High.ShouldBe(1, 0.03);
        new ValueRange(-1, 3).Zero.ShouldBe((byte)64);
        new ValueRange(0, 3).Zero.ShouldBe((byte)0);
    }

    private static OnnxFile Quantised(OnnxFile file, QuantisationPlan plan) => QuantisedGraph.Rewrite(
        file, plan, ActivationRanges.Measure(file, plan, "x", [new NetworkInput(Input(), Shape)]).Extremes, 127);

    // Two ways that are added, one of them pooled, and a head.
    private static OnnxGraph Network()
    {
        var graph = new OnnxGraph("test");
        var x = graph.Input("x", "N", 4, "H", "W");
        var a = graph.Relu(
            graph.Conv(x, GraphRun.Values(8 * 4 * 9, 1), [8, 4, 3, 3], GraphRun.Values(8, 2), padding: 1));
        var pooled = graph.MaxPool(a, 2, 2);
        var b = graph.Conv(pooled, GraphRun.Values(8 * 8, 3), [8, 8, 1, 1], GraphRun.Values(8, 4));
        var c = graph.Conv(a, GraphRun.Values(8 * 8 * 9, 5), [8, 8, 3, 3], null, stride: 2, padding: 1);
        var sum = graph.Relu(graph.Add(b, c));
        graph.Output("y", graph.Conv(sum, GraphRun.Values(2 * 8, 6), [2, 8, 1, 1], null), "N", 2, "h", "w");
        return graph;
    }

    private static float[] Input() => GraphRun.Values((int)Shape.Aggregate(1L, (a, b) => a * b), 9);

    private static float[] Run(byte[] bytes)
    {
        using var model = OnnxModel.Load(bytes, "test");
        using var outputs = model.Run("x", Input(), Shape, ["y"]);
        return outputs.Values(0).ToArray();
    }
}
