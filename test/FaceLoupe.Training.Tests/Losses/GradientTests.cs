using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using TorchSharp;
using static FaceLoupe.Training.Tests.Losses.TensorValues;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Losses;

public sealed class GradientTests
{
    [Theory]
    [InlineData("pixel")]
    [InlineData("adversarial")] // Eq. (5)
    [InlineData("classification")] // Eq. (6)
    [InlineData("regression")] // Eq. (7)
    public void every_part_alone_reaches_every_layer_of_the_generator_and_no_weight_of_the_discriminator(string part)
    {
        using var scope = NewDisposeScope();
        using var generator = new GeneratorNetwork(TinyConfig.Generator);
        using var discriminator = new DiscriminatorNetwork(TinyConfig.Discriminator);
        discriminator.parameters().ToList().ForEach(weight => weight.requires_grad = false);
        var options = new LossOptions { Pixel = 0, Adversarial = 0, Classification = 0, Regression = 0 };
        options = part switch
        {
            "pixel" => options with { Pixel = 1 },
            "adversarial" => options with { Adversarial = 1 },
            "classification" => options with { Classification = 1 },
            _ => options with { Regression = 1 },
        };
        var generated = generator.forward(rand(4, 3, 8, 8));
        var output = discriminator.forward(generated.Refined);
        var truth = new RegionTruth(Column(1, 0, 1, 0), rand(4, 4));

        GanLosses.Generator(generated, rand(4, 3, 32, 32), output, truth, options).Total.backward();

        foreach (var layer in generator.modules().OfType<ConvNorm>())
        {
            layer.Weight.grad.ShouldNotBeNull().abs().sum().Number().ShouldBeGreaterThan(0, layer.GetName());
        }

        discriminator.parameters().All(weight => weight.grad is null).ShouldBeTrue();
    }

    [Fact]
    public void the_discriminators_loss_does_not_reach_a_detached_generator()
    {
        using var scope = NewDisposeScope();
        using var generator = new GeneratorNetwork(TinyConfig.Generator);
        using var discriminator = new DiscriminatorNetwork(TinyConfig.Discriminator);
        var fake = generator.forward(rand(2, 3, 8, 8)).Refined.detach();

        GanLosses.Discriminator(
            discriminator.forward(rand(2, 3, 32, 32)), discriminator.forward(fake),
            new RegionTruth(Column(1, 0), rand(2, 4)), new LossOptions()).Total.backward();

        generator.parameters().All(weight => weight.grad is null).ShouldBeTrue();
        discriminator.Heads.ShouldAllBe(head => head.weight!.grad!.abs().sum().item<float>() > 0);
    }
}
