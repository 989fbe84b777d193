using System.Text.Json;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Pretrained;
using FaceLoupe.Training.Tests.Pretrained;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Networks;

public sealed class ResNetTrunkTests
{
    [Fact]
    public void resnet_50_has_its_parameters()
    {
        using var trunk = new ResNetTrunk("trunk", new ResNetOptions());

        // ResNet-50 without its classifier has 23,508,032; our convolutions have a bias each besides (26,560).
        trunk.parameters().Sum(weight => weight.numel()).ShouldBe(23_508_032 + 26_560);
        trunk.modules().OfType<ConvNorm>().Count().ShouldBe(53);
    }

    [Fact]
    public void resnet_18_has_its_parameters()
    {
        using var trunk = new ResNetTrunk("trunk", Basic with { Width = 64, Blocks = [2, 2, 2, 2] });

        // ResNet-18 without its classifier has 11,176,512; our convolutions have a bias each besides (4,800).
        trunk.parameters().Sum(weight => weight.numel()).ShouldBe(11_176_512 + 4_800);
        trunk.modules().OfType<ConvNorm>().Count().ShouldBe(20);
    }

    [Fact]
    public void stages_may_have_widths_of_their_own()
    {
        using var scope = NewDisposeScope();
        using var trunk = new ResNetTrunk("trunk", Basic with { StageWidths = [6, 7, 5] });

        var outputs = trunk.forward(zeros(1, 3, 32, 64));

        outputs.Select(output => output.shape[1]).ShouldBe([6, 7, 5]);
        outputs[^1].shape[2..].ShouldBe([2, 4]);
    }

    [Fact]
    public void stages_may_output_other_widths_than_those_within_them()
    {
        using var scope = NewDisposeScope();
        var narrow = new ResNetOptions
        {
            Width = 8, Blocks = [2, 1], StageWidths = [3, 5], StageOutputs = [32, 64], Pretrained = false,
        };
        using var trunk = new ResNetTrunk("trunk", narrow);

        trunk.forward(zeros(1, 3, 32, 64)).Select(output => output.shape[1]).ShouldBe([32, 64]);
        trunk.Stages.SelectMany(stage => stage).Select(block => block.Body[1].OutChannels).ShouldBe([3, 3, 5]);
        OptionFaults.Of(narrow).ShouldBeEmpty();
        JsonSerializer.Serialize(new ResNetOptions()).ShouldNotContain("StageOutputs", Case.Insensitive);
    }

    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 2)]
    public void stages_shrink_and_widen(bool maxPool, int stride)
    {
        using var scope = NewDisposeScope();
        using var trunk = new ResNetTrunk(
            "trunk", TinyConfig.Trunk with { Blocks = [1, 2, 1, 1], StemMaxPool = maxPool });

        var outputs = trunk.forward(zeros(2, 3, 64, 32));

        for (var stage = 0; stage < 4; stage++)
        {
            outputs[stage].shape.ShouldBe([2, 16 << stage, 64 / stride >> stage, 32 / stride >> stage]);
            trunk.Options.OutChannels(stage + 1).ShouldBe(16 << stage);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1 + 4)] // the stem and a block with its shortcut
    [InlineData(2, 1 + 4 + 4)]
    public void frozen_stages_do_not_change(int frozenStages, int frozenLayers)
    {
        using var scope = NewDisposeScope();
        using var trunk = new ResNetTrunk(
            "trunk", TinyConfig.Trunk with { FrozenStages = frozenStages, Norm = NormMode.Batch });
        trunk.Freeze();
        using var optimizer = optim.Adam(trunk.parameters().Where(weight => weight.requires_grad), 0.1);
        var before = Kernels(trunk);

        var output = trunk.forward(rand(2, 3, 32, 32))[^1];
        (output * rand_like(output)).sum().backward();
        optimizer.step();

        Kernels(trunk).Zip(before, (now, then) => now.SequenceEqual(then)).ToArray()
            .ShouldBe([.. Enumerable.Range(0, before.Count).Select(layer => layer < frozenLayers)]);
    }

    [Theory]
    [InlineData(32, new[] { 3, 4, 6, 3 })]
    [InlineData(64, new[] { 3, 4, 5, 3 })]
    [InlineData(64, new[] { 2 })]
    public void pretrained_weights_are_refused_for_other_shapes(int width, int[] blocks) =>
        Fault(new() { Width = width, Blocks = blocks }).ShouldContain("pretrained weights need width 64");

    [Fact]
    public void impossible_shapes_are_reported()
    {
        Fault(new() { Width = 0, Pretrained = false }).ShouldContain("width");
        Fault(new() { Blocks = [1, 1, 1, 1, 1], Pretrained = false }).ShouldContain("1 to 4 stages");
        Fault(new() { Norm = NormMode.None }).ShouldContain("norm frozen or batch");
        Fault(new() { FrozenStages = 5 }).ShouldContain("frozenStages");
        Fault(Basic with { StageWidths = [4, 8] }).ShouldContain("each of the 3 stages");
        Fault(Basic with { StageWidths = [4, 8, 0] }).ShouldContain("at least 1");
        Fault(Basic with { StageOutputs = [4, 8] }).ShouldContain("each of the 3 stages");
        Fault(Basic with { StageOutputs = [4, 8, 0] }).ShouldContain("at least 1");
        Fault(new() { StageOutputs = [256, 512, 1024, 2048] }).ShouldContain("no stageOutputs");
        Fault(new() { Block = BlockKind.Basic }).ShouldContain("pretrained weights need");
        OptionFaults.Of(Basic).ShouldBeEmpty();
        OptionFaults.Of(new ResNetOptions { Blocks = [3, 4] }).ShouldBeEmpty();
    }

    [Fact]
    public void loading_weights_into_other_widths_names_the_layer()
    {
        using var file = new TinyTfjs(
            ("conv1/kernel", [7, 7, 3, 64], new float[7 * 7 * 3 * 64]), ("conv1/bias", [64], new float[64]),
            ("bn_conv1/gamma", [64], new float[64]), ("bn_conv1/beta", [64], new float[64]),
            ("bn_conv1/moving_mean", [64], new float[64]), ("bn_conv1/moving_variance", [64], new float[64]));
        using var trunk = new ResNetTrunk("trunk", TinyConfig.Trunk);

        Should.Throw<FaceLoupeException>(() => trunk.Load(ResNet50Weights.Read(file.Folder)))
            .Message.ShouldContain("do not fit layer 'stem' (3 to 4, kernel 7)");
    }

    private static ResNetOptions Basic { get; } =
        TinyConfig.Trunk with { Block = BlockKind.Basic, Norm = NormMode.Batch };

    private static string Fault(ResNetOptions options) => OptionFaults.Of(options).ShouldHaveSingleItem();

    private static List<float[]> Kernels(ResNetTrunk trunk) =>
    [
        .. trunk.Stages.SelectMany(stage => stage).SelectMany(block => block.Convolutions).Prepend(trunk.Stem)
            .Select(layer => layer.Weight.detach().data<float>().ToArray()),
    ];
}
