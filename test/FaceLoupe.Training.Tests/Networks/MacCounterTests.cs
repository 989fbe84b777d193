using FaceLoupe.Training.Commands;
using FaceLoupe.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Networks;

public sealed class MacCounterTests
{
    private static readonly GeneratorOptions Generator = new()
    {
        Width = 2, UpsampleWidth = 3, Blocks = 1, RefinementWidth = 2, RefinementTailWidth = 3, RefinementBlocks = 1,
    };

    [Fact]
    public void the_cost_of_a_generator_equals_the_hand_count()
    {
        // 4x4, 8x8 and 16x16 positions; kernels of 3x3 but for G1's output; a de-convolution works at its input's size.
        const int upsample = (16 * 9 * ((3 * 2) + (3 * 2 * 2) + (2 * 3))) + (64 * 9 * 3 * 3) + (256 * 3 * 3);
        const int refine = 256 * 9 * ((3 * 2) + (3 * 2 * 2) + (2 * 3) + (3 * 3) + (3 * 3));

        Count(() => new GeneratorNetwork(Generator), network => network.forward(zeros(1, 3, 4, 4)))
            .ShouldBe(upsample + refine);
        Count(
            () => new GeneratorNetwork(Generator with { Refinement = false }),
            network => network.forward(zeros(2, 3, 4, 4))).ShouldBe(2 * upsample);
    }

    [Fact]
    public void the_cost_of_a_discriminator_equals_the_hand_count()
    {
        const int stem = 64 * 49 * 3 * 4; // 16 px, stride 2
        const int block = 64 * ((4 * 4) + (9 * 4 * 4) + (4 * 16) + (4 * 16));
        const int heads = 6 * 16;
        var trunk = TinyConfig.Trunk with { Blocks = [1], StemMaxPool = false };

        Count(
            () => new DiscriminatorNetwork(new() { Trunk = trunk }),
            network => network.forward(zeros(1, 3, 16, 16))).ShouldBe(stem + block + heads);
    }

    [Fact]
    public void the_cost_of_a_basic_block_equals_the_hand_count()
    {
        const int stem = 64 * 49 * 3 * 4; // 16 px, stride 2
        const int first = 64 * 2 * (9 * 4 * 4); // its shortcut is free
        const int second = 16 * ((9 * 4 * 8) + (9 * 8 * 8) + (4 * 8));
        const int heads = 6 * 8;
        var trunk = TinyConfig.Trunk with { Block = BlockKind.Basic, Blocks = [1, 1], StemMaxPool = false };

        Count(
            () => new DiscriminatorNetwork(new() { Trunk = trunk }),
            network => network.forward(zeros(1, 3, 16, 16))).ShouldBe(stem + first + second + heads);
    }

    [Fact]
    public void nothing_is_counted_after_disposal()
    {
        using var network = new GeneratorNetwork(Generator);
        using var outer = new MacCounter();
        using (new MacCounter())
        {
            network.forward(zeros(1, 3, 4, 4));
        }

        outer.Macs.ShouldBe(0);
    }

    [Fact]
    public void the_table_has_a_row_per_network()
    {
        var rows = NetworkTable.Rows(TinyConfig.Create());

        rows.Select(row => (row.Name, row.Input)).ShouldBe(
            [("MB-FCN", "1024x768"), ("G1 (upsample)", "8x8"), ("G2 (refine)", "32x32"), ("D", "32x32")]);
        rows.ShouldAllBe(row => row.Parameters > 0 && row.Macs > 0);
        NetworkTable.Markdown(TinyConfig.Create()).Split('\n').Length.ShouldBe(6);
    }

    private static long Count<T>(Func<T> make, Action<T> forward)
        where T : nn.Module
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var network = make();
        using var counter = new MacCounter();
        forward(network);
        return counter.Macs;
    }
}
