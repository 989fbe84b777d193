using FaceLoupe.Training.Optimisation;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Optimisation;

[Collection(TorchAlone.Name)]
public sealed class AdamOptimizerTests
{
    [Fact]
    public void takes_the_steps_of_torchsharps_adam()
    {
        using var scope = NewDisposeScope();
        var (ours, theirs) = (Weights(), Weights());
        using var adam = new AdamOptimizer([ours]) { LearningRate = 0.01 };
        using var reference = optim.Adam([theirs], 0.01);
        for (var step = 0; step < 5; step++)
        {
            adam.ZeroGradients();
            (ours * ours * ours).sum().backward();
            adam.Step();
            reference.zero_grad();
            (theirs * theirs * theirs).sum().backward();
            reference.step();
        }

        ours.data<float>().ToArray().ShouldBe(theirs.data<float>().ToArray(), 1e-6);
    }

    [Theory]
    [InlineData(10, 3, 4)] // a norm of 5 is left alone
    [InlineData(1, 0.6f, 0.8f)]
    public void clips_gradients_to_their_common_norm(double maxNorm, float first, float second)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (new Parameter(zeros(1)), new Parameter(zeros(1)));
        using var adam = new AdamOptimizer([a, b]);
        ((a * tensor(3f)) + (b * tensor(4f))).sum().backward();

        adam.ClipGradients(maxNorm);

        a.grad!.item<float>().ShouldBe(first, 1e-6f);
        b.grad!.item<float>().ShouldBe(second, 1e-6f);
    }

    private static Parameter Weights() => new(tensor(new[] { 1f, -2f, 0.5f }));
}
