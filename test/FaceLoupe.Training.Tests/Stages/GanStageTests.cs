using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Stages;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Stages;

[Collection(TorchAlone.Name)]
public sealed class GanStageTests
{
    [Fact]
    public void the_generator_keeps_its_graph_only_when_it_is_trained()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var generator = new GeneratorNetwork(TinyConfig.Generator);
        var low = rand(2, 3, 8, 8);

        var learning = GanStage.Generate(generator, low, learns: true);
        var showing = GanStage.Generate(generator, low, learns: false);

        learning.Refined.requires_grad.ShouldBeTrue();
        showing.Refined.requires_grad.ShouldBeFalse();
        showing.Upsampled.requires_grad.ShouldBeFalse();
        showing.Refined.data<float>().ToArray().ShouldBe(learning.Refined.data<float>().ToArray());
    }
}
