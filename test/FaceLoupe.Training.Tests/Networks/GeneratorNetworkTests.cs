using FaceLoupe.Tests;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Workspace;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Networks;

public sealed class GeneratorNetworkTests
{
    [Fact]
    public void the_papers_generator_has_the_layers_of_table_1()
    {
        var paper = ConfigFile.Load<TrainingConfig>(RepositoryRoot.Combine("configs", "paper.json"), []);
        using var generator = new GeneratorNetwork(paper.GeneratorNetwork);
        var (up, refine) = (generator.Upsample, generator.Refine.ShouldNotBeNull());
        var narrow = Enumerable.Repeat((64, 3, 1), 8).ToArray();

        Shapes([up.Head, .. Convolutions(up.Blocks), up.Tail, up.Up1, up.Up2, up.Output])
            .ShouldBe([(64, 3, 1), .. narrow, (64, 3, 1), (256, 3, 2), (256, 3, 2), (3, 1, 1)]);
        Shapes([refine.Head, .. Convolutions(refine.Blocks), refine.Tail, refine.Wide1, refine.Wide2, refine.Output])
            .ShouldBe([(64, 3, 1), .. narrow, (64, 3, 1), (256, 3, 1), (256, 3, 1), (3, 3, 1)]);
        generator.modules().OfType<ConvNorm>().Where(layer => layer.Transposed).ShouldBe([up.Up1, up.Up2]);

        // Kernels, biases and two numbers of a norm for each channel, but for the last layers:
        // 1,920 + 9 x 37,056 + 148,224 + 590,592 + 771, and with a 3x3 kernel at the end 6,915.
        up.parameters().Sum(weight => weight.numel()).ShouldBe(1_075_011);
        refine.parameters().Sum(weight => weight.numel()).ShouldBe(1_081_155);
    }

    [Theory]
    [InlineData(true, true, nameof(NormMode.Batch), 1)]
    [InlineData(false, true, nameof(NormMode.None), 2)]
    [InlineData(true, false, nameof(NormMode.Batch), 0)]
    public void both_pictures_are_4_times_as_large(bool skip, bool refinement, string norm, int blocks)
    {
        using var scope = NewDisposeScope();
        using var generator = new GeneratorNetwork(TinyConfig.Generator with
        {
            InputSkip = skip,
            Refinement = refinement,
            Norm = Enum.Parse<NormMode>(norm),
            Blocks = blocks,
            RefinementBlocks = blocks,
        });

        var generated = generator.forward(rand(2, 3, 5, 6));

        generated.Upsampled.shape.ShouldBe([2, 3, 20, 24]);
        generated.Refined.shape.ShouldBe([2, 3, 20, 24]);
        ReferenceEquals(generated.Upsampled, generated.Refined).ShouldBe(!refinement);
    }

    [Fact]
    public void with_the_skip_a_network_of_zeros_enlarges_by_bicubic()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = new GeneratorNetwork(TinyConfig.Generator);
        foreach (var output in (ConvNorm[])[generator.Upsample.Output, generator.Refine!.Output])
        {
            output.Weight.zero_();
        }

        var low = rand(1, 3, 6, 6);
        var generated = generator.forward(low);

        (generated.Refined - UpsampleNetwork.Enlarge(low)).abs().max().item<float>().ShouldBe(0, 1e-6f);
    }

    [Fact]
    public void every_layer_is_initialised_as_in_section_4_2()
    {
        using var generator = new GeneratorNetwork(new GeneratorOptions { Blocks = 1, RefinementBlocks = 1 });

        foreach (var layer in generator.modules().OfType<ConvNorm>().Where(layer => layer.Weight.numel() > 10_000))
        {
            layer.Weight.std().item<float>().ShouldBe(0.02f, 0.002f);
            layer.Bias.abs().sum().item<float>().ShouldBe(0);
        }
    }

    [Fact]
    public void impossible_options_are_reported()
    {
        OptionFaults.Of(new GeneratorOptions { Width = 0 }).ShouldHaveSingleItem().ShouldContain("width");
        OptionFaults.Of(new GeneratorOptions { Norm = NormMode.Frozen }).ShouldHaveSingleItem()
            .ShouldContain("batch or none");
    }

    private static IEnumerable<ConvNorm> Convolutions(IEnumerable<ResidualBlock> blocks) =>
        blocks.SelectMany(block => (ConvNorm[])[block.Conv1, block.Conv2]);

    private static (int Kernels, int Size, int Stride)[] Shapes(IEnumerable<ConvNorm> layers) =>
        [.. layers.Select(layer => (layer.OutChannels, layer.Kernel, layer.Stride))];
}
