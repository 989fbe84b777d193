using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Pretrained;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Tests.Networks;

public sealed class ConvNormTests
{
    [Fact]
    public void a_frozen_norm_is_batch_norm_in_evaluation()
    {
        using var scope = NewDisposeScope();
        using var batch = Seasoned(NormMode.Batch);
        using var frozen = new ConvNorm("layer", 3, 5, 3, 2, NormMode.Frozen);
        frozen.load_state_dict(batch.state_dict());
        var x = randn(2, 3, 9, 8);

        batch.eval();
        ShouldAgree(frozen.forward(x), batch.forward(x));
    }

    [Fact]
    public void a_frozen_norm_is_the_same_in_training_and_keeps_its_statistics()
    {
        using var scope = NewDisposeScope();
        using var frozen = new ConvNorm("layer", 3, 5, 3, 2, NormMode.Frozen);
        frozen.load_state_dict(Seasoned(NormMode.Batch).state_dict());
        var mean = frozen.state_dict()["norm.running_mean"];
        var before = mean.clone();
        var x = randn(2, 3, 9, 8).Times(5).Plus(1);

        frozen.train();
        var training = frozen.forward(x);
        frozen.eval();

        ShouldAgree(frozen.forward(x), training);
        ShouldAgree(mean, before);
        frozen.parameters().Count(weight => weight.requires_grad).ShouldBe(2); // the kernel and the shift
    }

    [Theory]
    [InlineData(nameof(NormMode.None), false)]
    [InlineData(nameof(NormMode.Batch), false)]
    [InlineData(nameof(NormMode.Frozen), false)]
    [InlineData(nameof(NormMode.Batch), true)]
    public void a_layer_filled_with_folded_weights_gives_the_same_outputs(string mode, bool transposed)
    {
        using var scope = NewDisposeScope();
        using var layer = Seasoned(Enum.Parse<NormMode>(mode), transposed);
        layer.eval();
        var x = randn(2, 3, 9, 8);
        var (weight, bias) = layer.Fold();

        using var filled = Seasoned(Enum.Parse<NormMode>(mode), transposed);
        filled.LoadFolded(weight, bias);
        filled.eval();

        ShouldAgree(filled.forward(x), layer.forward(x));
        Should.Throw<ArgumentException>(() => filled.LoadFolded(weight, [1]));
    }

    [Fact]
    public void taking_statistics_makes_training_and_evaluation_agree_without_changing_outputs()
    {
        using var scope = NewDisposeScope();
        using var layer = Seasoned(NormMode.Batch);
        layer.eval();
        var x = randn(4, 3, 16, 16).Times(3).Plus(1);
        var before = layer.forward(x);
        var (weight, bias) = layer.Fold();
        using var filled = new ConvNorm("layer", 3, 5, 3, 2);
        filled.LoadFolded(weight, bias);
        filled.eval();

        filled.TakesStatistics = true;
        ShouldAgree(filled.forward(x), before);
        filled.TakesStatistics = false;

        ShouldAgree(filled.forward(x), before);
        filled.train();
        ShouldAgree(filled.forward(x), before); // the batch's own statistics are those that were taken
    }

    [Theory]
    [InlineData(nameof(NormMode.None), false)]
    [InlineData(nameof(NormMode.Batch), false)]
    [InlineData(nameof(NormMode.Frozen), false)]
    [InlineData(nameof(NormMode.None), true)]
    [InlineData(nameof(NormMode.Batch), true)]
    public void the_folded_weights_give_the_outputs_of_the_layer(string mode, bool transposed)
    {
        using var scope = NewDisposeScope();
        using var layer = Seasoned(Enum.Parse<NormMode>(mode), transposed);
        layer.eval();
        var x = randn(2, 3, 9, 8);

        var (weight, bias) = layer.Fold();

        var kernel = tensor(weight).reshape(layer.Weight.shape);
        var folded = transposed
            ? functional.conv_transpose2d(x, kernel, tensor(bias), [2, 2], [1, 1], [1, 1])
            : functional.conv2d(x, kernel, tensor(bias), [2, 2], [1, 1]);
        ShouldAgree(folded.relu(), layer.forward(x));
    }

    [Fact]
    public void the_initialisation_is_gaussian_without_bias()
    {
        using var layer = new ConvNorm("layer", 64, 64, 3);
        layer.InitialiseNormal(0.02);

        layer.Weight.std().item<float>().ShouldBe(0.02f, 0.001f); // of 36,864 values: 14 standard errors
        layer.Weight.mean().item<float>().ShouldBe(0, 0.001f);
        layer.Bias.abs().sum().item<float>().ShouldBe(0);
        layer.InitialiseHe();
        layer.Weight.std().item<float>().ShouldBe(MathF.Sqrt(2f / (64 * 9)), 0.002f);
    }

    [Fact]
    public void pretrained_weights_keep_the_effect_of_their_epsilon()
    {
        using var layer = new ConvNorm("layer", 1, 2, 1, 1, NormMode.Frozen, relu: false);
        layer.Load(new ConvNormWeights(2, 1, 1, [3, 4], [0.5f, -1], [2, 1], [0.25f, 0], [1, 2], [0.003f, 1], 1e-3f));

        var y = layer.forward(tensor(new[] { 2f }, [1, 1, 1, 1]));

        // gamma (w x + b - mean) / sqrt(variance + epsilon) + beta
        y[0, 0, 0, 0].item<float>().ShouldBe((2 * (6 + 0.5f - 1) / MathF.Sqrt(0.004f)) + 0.25f, 1e-3f);
        y[0, 1, 0, 0].item<float>().ShouldBe((8 - 1 - 2) / MathF.Sqrt(1.001f), 1e-4f);
    }

    [Fact]
    public void pretrained_weights_of_another_width_are_refused()
    {
        using var layer = new ConvNorm("layer3.0.conv1", 1, 2, 1, 1, NormMode.Frozen);

        var weights = new ConvNormWeights(1, 1, 1, [3], [0], [1], [0], [0], [1], 1e-3f);

        Should.Throw<FaceLoupeException>(() => layer.Load(weights))
            .Message.ShouldContain("'layer3.0.conv1' (1 to 2, kernel 1)");
    }

    /// <summary>A layer of stride 2 whose norm has seen data that is not of mean 0 and deviation 1.</summary>
    private static ConvNorm Seasoned(NormMode mode, bool transposed = false)
    {
        var layer = new ConvNorm("layer", 3, 5, 3, 2, mode, relu: true, transposed);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, values) in layer.state_dict())
        {
            if (name.Contains("norm.", StringComparison.Ordinal) && values.is_floating_point())
            {
                values.uniform_(0.5, 2);
            }
        }

        return layer;
    }

    private static void ShouldAgree(Tensor actual, Tensor expected) =>
        (actual - expected).abs().max().item<float>().ShouldBeLessThan(1e-4f);
}
