using FaceLoupe.Training.Optimisation;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Optimisation;

[Collection(TorchAlone.Name)]
public sealed class AdamOptimizerTests
{
    [Fact]
    public void steps_equal_those_of_torchsharps_adam()
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

    // 37 values: whole vectors of every width and a rest.
    [Fact]
    public void one_pass_over_memory_equals_libtorchs_operations()
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        var start = randn(37, 3);
        var plain = new Parameter(start.clone());
        var turned = new Parameter(start.t().contiguous().t()); // not one after the other: by operations
        AdamPass.Takes(plain).ShouldBeTrue();
        AdamPass.Takes(turned).ShouldBeFalse();
        using var pass = new AdamOptimizer([plain]);
        using var operations = new AdamOptimizer([turned]);
        for (var step = 0; step < 40; step++)
        {
            var factor = randn(37, 3);
            foreach (var (weight, adam) in new[] { (plain, pass), (turned, operations) })
            {
                adam.LearningRate = 0.02 / (step + 1);
                adam.ZeroGradients();
                (weight * weight * factor).sum().backward();
                adam.Step();
            }
        }

        (plain - start).abs().max().item<float>().ShouldBeGreaterThan(0.01f);
        (plain - turned).abs().max().item<float>().ShouldBe(0, 1e-6f);
    }

    [Theory]
    [InlineData(10, 3, 4)] // a norm of 5 is left alone
    [InlineData(1, 0.6f, 0.8f)]
    public void gradients_are_clipped_by_their_common_norm(double maxNorm, float first, float second)
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
