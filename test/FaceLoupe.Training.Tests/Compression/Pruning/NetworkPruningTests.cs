using FaceLoupe.Training.Compression.Pruning;
using FaceLoupe.Training.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static FaceLoupe.Training.Tests.Losses.TensorValues;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Compression.Pruning;

/// <summary>Small networks that begin as parts of large ones.</summary>
[Collection(TorchAlone.Name)]
public sealed class NetworkPruningTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor canvases;

    public NetworkPruningTests()
    {
        manual_seed(3);
        canvases = rand(2, 3, 64, 64);
    }

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void channels_without_effect_are_pruned_first(bool nothingIsPruned)
    {
        // Stem 8 wide of which 3 channels are read by nobody, a second block that adds nothing, skips with silent
        // channels.
        var shape = TinyConfig.Proposals with { Trunk = Wide, SkipWidth = 6, HeadWidth = 5 };
        using var large = new ProposalNetwork(shape);
        large.eval();
        if (!nothingIsPruned)
        {
            Silence(large);
        }

        var small = nothingIsPruned ? shape : shape with
        {
            Trunk = Wide with { Width = 5, StageWidths = [4, 4, 3], Blocks = [1, 1, 1] }, SkipWidth = 4, HeadWidth = 3,
        };
        using var pupil = new ProposalNetwork(small);
        pupil.eval();

        var cut = new ProposalPruning(large, small, canvases, () => canvases);
        cut.Load(pupil);
        SaysTheSame();
        cut.Fill(pupil);
        SaysTheSame();

        cut.StageChannels.Select(channels => (int)channels.shape[0]).ShouldBe(
            Enumerable.Range(1, 3).Select(small.Trunk.OutChannels));

        void SaysTheSame()
        {
            foreach (var (output, expected) in pupil.forward(canvases).Zip(large.forward(canvases)))
            {
                expected.Scores.std().Number().ShouldBeGreaterThan(1e-4);
                Difference(output.Scores, expected.Scores).ShouldBeLessThan(1e-5);
                Difference(output.Deltas, expected.Deltas).ShouldBeLessThan(1e-5);
            }
        }
    }

    [Theory]
    [InlineData((int)NormMode.Batch, 2, 1)]
    [InlineData((int)NormMode.Frozen, 2, 1)]
    [InlineData((int)NormMode.Batch, 1, 1)] // a block less
    [InlineData((int)NormMode.Batch, 2, 2)] // at half the size
    [InlineData((int)NormMode.Batch, 2, 2, 2)] // of a teacher at half the size
    public void fitted_layers_come_nearer_to_the_large_network_on_other_canvases(
        int norm, int blocks, int shrink, int teacherShrink = 1)
    {
        var shape = TinyConfig.Proposals with
        {
            Trunk = Wide with { StemMaxPool = teacherShrink == 1 },
            SkipWidth = 6,
            HeadWidth = 5,
            Shrink = teacherShrink,
        };
        using var large = new ProposalNetwork(shape);
        large.eval();
        var small = shape with
        {
            Trunk = Wide with
            {
                StageWidths = [2, 2, 2], StageOutputs = [16, 16, 16], Blocks = [blocks, 1, 1], Norm = (NormMode)norm,
                StemMaxPool = shrink == 1,
            },
            SkipWidth = 5,
            Shrink = shrink,
        };
        using var loaded = new ProposalNetwork(small);
        using var fitted = new ProposalNetwork(small);
        var cut = new ProposalPruning(large, small, canvases, () => rand(16, 3, 64, 64));

        cut.Load(loaded);
        cut.Fill(fitted);

        loaded.eval();
        var (wanted, before, after) = (large.forward(canvases), loaded.forward(canvases), fitted.forward(canvases));
        Distance(after, wanted).ShouldBeLessThan(0.5 * Distance(before, wanted));
    }

    [Fact]
    public void a_fitted_discriminator_comes_nearer_to_the_large_one_on_other_regions()
    {
        var shape = TinyConfig.Discriminator with { Trunk = Wide };
        using var large = new DiscriminatorNetwork(shape);
        large.eval();
        var small = shape with { Trunk = Wide with { StageWidths = [2, 2, 2], StageOutputs = [16, 16, 16] } };
        using var loaded = new DiscriminatorNetwork(small);
        using var fitted = new DiscriminatorNetwork(small);
        var cut = new DiscriminatorPruning(large, small, canvases, () => rand(32, 3, 64, 64));

        cut.Load(loaded);
        cut.Fill(fitted);

        loaded.eval();
        double Distance(DiscriminatorNetwork network) =>
            network.forward(canvases).Face.sub(large.forward(canvases).Face).square().mean().Number();
        Distance(fitted).ShouldBeLessThan(0.5 * Distance(loaded));
    }

    [Fact]
    public void basic_blocks_without_a_first_shortcut_keep_the_channels_of_the_stem()
    {
        // The first shortcut adds what enters, so stem and first stage must keep the same five channels.
        var basic = TinyConfig.Trunk with { Block = BlockKind.Basic, Width = 8, StageWidths = [8, 6, 6] };
        var shape = TinyConfig.Proposals with { Trunk = basic };
        using var large = new ProposalNetwork(shape);
        large.eval();
        var small = shape with { Trunk = basic with { Width = 5, StageWidths = [8, 6, 6], StageOutputs = [5, 6, 6] } };
        using var pupil = new ProposalNetwork(small);

        var cut = new ProposalPruning(large, small, canvases, () => canvases);
        cut.Load(pupil);

        using var stem = pupil.Trunk.Stem.Weight.detach();
        Difference(stem, large.Trunk.Stem.Weight.index_select(0, cut.StageChannels[0])).ShouldBe(0);
    }

    [Fact]
    public void a_discriminator_keeps_the_features_that_its_heads_read()
    {
        var shape = TinyConfig.Discriminator with { Trunk = Wide };
        using var large = new DiscriminatorNetwork(shape);
        large.eval();
        using (no_grad())
        {
            foreach (var head in large.Heads)
            {
                head.weight![.., 2..].zero_();
            }

            foreach (var conv in large.Trunk.Stages.Last()
                .SelectMany(block => block.Convolutions.Where(c => c.OutChannels == 16)))
            {
                conv.Weight[2..].zero_();
            }
        }

        using var pupil = new DiscriminatorNetwork(shape);
        pupil.eval();
        var narrow = shape with { Trunk = Wide with { StageWidths = [4, 4, 3] } };
        using var narrowPupil = new DiscriminatorNetwork(narrow);
        narrowPupil.eval();

        new DiscriminatorPruning(large, shape, canvases, () => canvases).Fill(pupil);
        var cut = new DiscriminatorPruning(large, narrow, canvases, () => canvases);
        cut.Fill(narrowPupil);

        Difference(pupil.forward(canvases).Face, large.forward(canvases).Face).ShouldBeLessThan(1e-5);
        cut.StageChannels[^1].data<long>().ToArray()[..2].ShouldBe([0L, 1]);
    }

    [Fact]
    public void a_landmark_head_is_pruned_channel_by_channel_with_its_cells()
    {
        // The whole of a network is a part of it: what is only reordered answers the same.
        var shape = TinyConfig.Discriminator with { Trunk = Wide, LandmarkCells = 2 };
        using var large = new DiscriminatorNetwork(shape);
        large.eval();
        using (no_grad())
        {
            large.LandmarkHead!.weight!.normal_();
        }

        using var pupil = new DiscriminatorNetwork(shape);
        pupil.eval();

        new DiscriminatorPruning(large, shape, canvases, () => canvases).Fill(pupil);

        large.forward(canvases).Landmarks!.std().Number().ShouldBeGreaterThan(1e-4);
        Difference(pupil.forward(canvases).Landmarks!, large.forward(canvases).Landmarks!).ShouldBeLessThan(1e-4);
    }

    [Fact]
    public void a_halved_stem_gives_the_output_of_the_whole_one_on_the_enlarged_picture()
    {
        using var large = new ConvNorm("large", 3, 4, 7, 2, NormMode.Batch);
        using var small = new ConvNorm("small", 3, 2, 5, 1, NormMode.Batch);
        large.eval();
        small.eval();
        using (no_grad())
        {
            nn.init.normal_(large.Weight);
            nn.init.normal_(large.Bias);
        }

        small.Load(large, tensor(new long[] { 1, 3 }), arange(3, ScalarType.Int64), halved: true);

        var picture = rand(1, 3, 12, 16);
        var expected = large.forward(picture.repeat_interleave(2, 2).repeat_interleave(2, 3)).index_select(
            1, tensor(new long[] { 1, 3 }));
        var inside = new[] { TensorIndex.Ellipsis, TensorIndex.Slice(2, -2), TensorIndex.Slice(2, -2) };
        Difference(small.forward(picture)[inside], expected[inside]).ShouldBeLessThan(1e-4);
    }

    [Fact]
    public void a_network_that_is_not_a_part_of_the_teacher_is_refused()
    {
        var shape = TinyConfig.Proposals with { Trunk = Wide };
        using var large = new ProposalNetwork(shape);

        void Refused(ProposalNetworkOptions small) =>
            Should.Throw<FaceLoupeException>(() => new ProposalPruning(large, small, canvases, () => canvases))
                .Message.ShouldContain("is not a part of the teacher's");

        Refused(shape with { SkipWidth = shape.SkipWidth + 1 });
        Refused(shape with { ContextKernel = 1 });
        Refused(shape with { Trunk = Wide with { Width = 9 } });
        Refused(shape with { Trunk = Wide with { StageOutputs = [16, 16, 17] } });
        Refused(shape with { Trunk = Wide with { StageOutputs = [8, 16, 16] } }); // its first shortcut would be bare
        Refused(shape with { Trunk = Wide with { Blocks = [1, 2, 1] } });
        Refused(shape with { Trunk = Wide with { StemKernel = 5 } });
        Refused(shape with { Trunk = Wide with { Block = BlockKind.Basic } });
        Should.Throw<FaceLoupeException>(() => new DiscriminatorPruning(
                new DiscriminatorNetwork(TinyConfig.Discriminator), TinyConfig.Discriminator with { Trunk = Wide },
                canvases, () => canvases))
            .Message.ShouldContain("gan.teacher.cut");
    }

    private static ResNetOptions Wide { get; } = TinyConfig.Trunk with
    {
        Width = 8, StageWidths = [4, 4, 4], Blocks = [2, 1, 1], Norm = NormMode.Batch,
    };

    private static double Distance(ProposalOutput[] a, ProposalOutput[] b) => a.Zip(b).Sum(pair =>
        pair.First.Scores.sub(pair.Second.Scores).square().mean().Number()
            + pair.First.Deltas.sub(pair.Second.Deltas).square().mean().Number());

    private static void Silence(ProposalNetwork network)
    {
        using var noGrad = no_grad();
        var stages = network.Trunk.Stages.Select(stage => stage.ToArray()).ToArray();
        foreach (var reader in new[] { stages[0][0].Body[0], stages[0][0].Downsample! })
        {
            reader.Weight[.., ..3].zero_();
        }

        stages[0][1].Body[2].Weight.zero_();
        foreach (var layer in new[] { stages[2][0].Body[1], stages[2][0].Body[2] })
        {
            layer.Weight[.., 1].zero_(); // of four channels between the convolutions one is not read
        }

        foreach (var writer in new[] { stages[2][0].Body[2], stages[2][0].Downsample! })
        {
            writer.Weight[12..].zero_(); // nor are the last four of the stage
        }

        foreach (var branch in network.Branches)
        {
            branch.Mix.Weight[.., ..2].zero_();
            branch.Reduce.Weight[.., 4..].zero_();
            branch.Scores.Weight[.., ..2].zero_();
            branch.Deltas.Weight[.., ..2].zero_();
        }
    }
}
