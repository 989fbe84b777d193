using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Networks;

/// <summary>The proposal network and the discriminator.</summary>
public sealed class DetectionNetworkTests
{
    [Fact]
    public void every_branch_answers_at_its_stride()
    {
        using var scope = NewDisposeScope();
        using var network = new ProposalNetwork(TinyConfig.Proposals with
        {
            Trunk = TinyConfig.Trunk with { Blocks = [1, 1, 1, 1] },
            Branches = [.. TinyConfig.Proposals.Branches, new() { Stride = 32, AnchorSizes = [90, 128] }],
        });
        network.Options.SizeMultiple.ShouldBe(32);

        var outputs = network.forward(zeros(2, 3, 64, 96));

        outputs.Length.ShouldBe(4);
        foreach (var (branch, output) in network.Options.Branches.Zip(outputs))
        {
            long[] map = [64 / branch.Stride, 96 / branch.Stride];
            output.Scores.shape.ShouldBe([2, branch.AnchorSizes.Count, .. map]);
            output.Deltas.shape.ShouldBe([2, 4 * branch.AnchorSizes.Count, .. map]);
        }
    }

    [Fact]
    public void a_shrinking_network_answers_where_one_with_a_max_pool_does_and_sees_means_of_squares()
    {
        using var scope = NewDisposeScope();
        using var network = new ProposalNetwork(TinyConfig.ShrinkingProposals);
        network.eval();
        var canvas = rand(1, 3, 64, 96);

        var outputs = network.forward(canvas);

        outputs.Select(output => output.Scores.shape[3]).ShouldBe(
            network.Options.Branches.Select(branch => 96L / branch.Stride));
        var means = canvas.reshape(1, 3, 32, 2, 48, 2).mean([3, 5]);
        network.ForwardShrunk(means)[0].Scores.Subtract(outputs[0].Scores).abs().max().item<float>()
            .ShouldBeLessThan(1e-5f);
    }

    [Fact]
    public void the_default_proposal_network_has_its_parameters_and_expects_few_faces()
    {
        using var network = new ProposalNetwork(new ProposalNetworkOptions());

        // The trunk's first three stages 8,558,592; a branch of 4 anchors 386,900, of 5 anchors 387,225.
        network.parameters().Sum(weight => weight.numel()).ShouldBe(8_558_592 + 386_900 + 386_900 + 387_225);
        network.Branches.ShouldAllBe(branch => branch.Scores.Bias.Plus(2).abs().max().item<float>() == 0);
    }

    [Fact]
    public void impossible_branches_are_reported()
    {
        var fine = TinyConfig.Proposals;
        Fault(fine with { Branches = [] }).ShouldContain("at least one branch");
        Fault(fine with { Branches = [new() { Stride = 8, AnchorSizes = [0] }] }).ShouldContain("above 0");
        Fault(fine with { Branches = [new() { Stride = 32, AnchorSizes = [90] }] }).ShouldContain("stride 32");
        Fault(fine with { Branches = [fine.Branches[0], fine.Branches[0]] }).ShouldContain("the same stride");
        Fault(fine with { Trunk = fine.Trunk with { StemMaxPool = false } }).ShouldContain("stemMaxPool");
        Fault(fine with { Shrink = 2 }).ShouldContain("stemMaxPool must be false");
        Fault(fine with { Shrink = 3 }).ShouldContain("shrink must be 1 or 2");
        OptionFaults.Of(TinyConfig.ShrinkingProposals).ShouldBeEmpty();
        Fault(fine with { ContextKernel = 2 }).ShouldContain("contextKernel");
        OptionFaults.Of(fine).ShouldBeEmpty();
    }

    [Fact]
    public void a_canvas_must_fit_the_trunk() =>
        OptionFaults.Of((TinyConfig.Create() with { Canvas = new() { Size = 72 } }))
            .ShouldHaveSingleItem().ShouldContain("a multiple of the trunk's stride 16");

    [Theory]
    [InlineData(16)]
    [InlineData(48)]
    public void the_discriminator_gives_three_answers_for_each_region(int size)
    {
        using var scope = NewDisposeScope();
        using var network = new DiscriminatorNetwork(TinyConfig.Discriminator);

        var output = network.forward(rand(3, 3, size, size));

        output.Real.shape.ShouldBe([3, 1]);
        output.Face.shape.ShouldBe([3, 1]);
        output.Delta.shape.ShouldBe([3, 4]);
    }

    [Fact]
    public void the_papers_discriminator_has_resnet_50_and_three_heads_of_deviation_a_tenth()
    {
        using var network = new DiscriminatorNetwork(new DiscriminatorOptions());

        network.parameters().Sum(weight => weight.numel()).ShouldBe(23_534_592 + (6 * 2048) + 6);
        network.Options.Trunk.StemMaxPool.ShouldBeFalse();
        foreach (var head in network.Heads)
        {
            head.weight!.std().item<float>().ShouldBe(0.1f, 0.01f);
            head.bias!.abs().sum().item<float>().ShouldBe(0);
        }
    }

    private static string Fault(ProposalNetworkOptions options) => OptionFaults.Of(options).ShouldHaveSingleItem();
}
