using FaceLoupe.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Networks;

[Collection(TorchAlone.Name)]
public sealed class MixedPrecisionTests
{
    [Fact]
    public void outputs_are_wide_and_nearly_those_of_full_precision()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var proposals = new ProposalNetwork(TinyConfig.Proposals);
        using var generator = new GeneratorNetwork(TinyConfig.Generator);
        using var discriminator = new DiscriminatorNetwork(TinyConfig.Discriminator);
        var (image, low, high) = (Noise(2, 3, 64, 64), Noise(4, 3, 8, 8), Noise(4, 3, 32, 32));

        ShouldBeNear(proposals, () => [.. proposals.forward(image).SelectMany(o => new[] { o.Scores, o.Deltas })]);
        ShouldBeNear(generator, () =>
        {
            var output = generator.forward(low);
            return [output.Upsampled, output.Refined];
        });
        ShouldBeNear(discriminator, () =>
        {
            var output = discriminator.forward(high);
            return [output.Real, output.Face, output.Delta];
        });
    }

    [Fact]
    public void weights_and_gradients_are_in_full_precision()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var network = new DiscriminatorNetwork(TinyConfig.Discriminator);
        var high = Noise(8, 3, 32, 32);
        Tensor[] Gradients(TrainingPrecision precision)
        {
            network.SetPrecision(precision);
            network.zero_grad();
            network.forward(high).Face.sum().backward();
            return [.. network.parameters().Where(weight => weight.grad is not null).Select(
                weight => weight.grad!.clone())];
        }

        var narrow = Gradients(TrainingPrecision.BFloat16);
        var wide = Gradients(TrainingPrecision.Float32);

        narrow.ShouldAllBe(gradient => gradient.dtype == ScalarType.Float32);
        Cosine(cat([.. narrow.Select(g => g.flatten())]), cat([.. wide.Select(g => g.flatten())])).ShouldBeGreaterThan(
            0.97);
    }

    private static Tensor Noise(params long[] shape) => rand(shape).Times(2).Plus(-1);

    private static double Cosine(Tensor a, Tensor b) =>
        ((a * b).sum() / ((a * a).sum() * (b * b).sum()).sqrt()).item<float>();

    private static void ShouldBeNear(nn.Module network, Func<Tensor[]> forward)
    {
        using var noGrad = no_grad();
        network.train();
        var wide = forward();
        network.SetPrecision(TrainingPrecision.BFloat16);
        var narrow = forward();
        for (var i = 0; i < wide.Length; i++)
        {
            narrow[i].dtype.ShouldBe(ScalarType.Float32);
            var error = (narrow[i] - wide[i]).abs().max().item<float>();
            error.ShouldBeGreaterThan(0); // it was another arithmetic
            error.ShouldBeLessThan(0.05f * (wide[i].abs().max().item<float>() + 0.1f));
        }
    }
}
