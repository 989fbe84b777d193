using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Workspace;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Networks;

[Collection(TorchAlone.Name)]
public sealed class VggTrunkTests
{
    [Fact]
    public void the_default_is_vgg16_without_its_last_pool()
    {
        using var trunk = new VggTrunk("trunk", new VggOptions { Norm = NormMode.None });
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();

        trunk.forward(zeros(1, 3, 48, 48)).Select(stage => stage.shape).ShouldBe([
            [1, 64, 48, 48], [1, 128, 24, 24], [1, 256, 12, 12], [1, 512, 6, 6], [1, 512, 3, 3],
        ]);

        // The convolutions of VGG16 as Simonyan and Zisserman count them.
        trunk.parameters().Sum(p => p.numel()).ShouldBe(14_714_688);
        trunk.Blocks.Sum(block => block.Count()).ShouldBe(13);
    }

    [Fact]
    public void the_options_can_select_it_as_the_trunk_of_a_discriminator()
    {
        using var network = new DiscriminatorNetwork(new() { Vgg = new() { Width = 4, Blocks = [1, 1, 1] } });
        using var scope = NewDisposeScope();

        network.forward(zeros(2, 3, 24, 24)).Face.shape.ShouldBe([2, 1]);
        network.Features.OutChannels.ShouldBe(16);
        Should.Throw<FaceLoupeException>(() => network.Trunk).Message
            .ShouldContain("drop gan.trunkFromProposals and gan.teacher.cut");
    }

    [Fact]
    public void one_option_selects_it_and_invalid_ones_are_refused()
    {
        ConfigFile.Load<TrainingConfig>(null, ["discriminatorNetwork.vgg.width=8"]).DiscriminatorNetwork.Vgg
            .ShouldNotBeNull().Blocks.ShouldBe([2, 2, 3, 3, 3]);
        OptionFaults.Of(new VggOptions { Norm = NormMode.Frozen }).ShouldHaveSingleItem().ShouldContain("norm");
        OptionFaults.Of(new VggOptions { Blocks = [1, 1, 1, 1, 1, 1] }).ShouldHaveSingleItem().ShouldContain("blocks");
    }
}
