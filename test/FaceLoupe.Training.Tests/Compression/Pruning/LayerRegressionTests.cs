using FaceLoupe.Training.Compression.Pruning;
using FaceLoupe.Training.Networks;
using TorchSharp;
using static FaceLoupe.Training.Tests.Losses.TensorValues;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Compression.Pruning;

/// <summary>Convolutions that make up for lost input channels.</summary>
[Collection(TorchAlone.Name)]
public sealed class LayerRegressionTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public LayerRegressionTests() => manual_seed(5);

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(1, 1, (int)NormMode.None)]
    [InlineData(3, 1, (int)NormMode.Frozen)]
    [InlineData(3, 2, (int)NormMode.Batch)]
    [InlineData(1, 2, (int)NormMode.Batch)]
    public void a_lost_channel_that_follows_from_the_others_is_made_up_for(int kernel, int stride, int mode)
    {
        // The third channel is a sum of the others and, where no zeros are seen beyond the border, a constant.
        var kept = rand(6, 2, 12, 10);
        var all = cat([kept, (kept[.., ..1] * 2) + kept[.., 1..] + (kernel == 1 ? 1 : 0)], 1);
        using var wide = Layer(3, kernel, stride, (NormMode)mode);
        using var narrow = Layer(2, kernel, stride, (NormMode)mode);
        narrow.Load(wide, arange(4, ScalarType.Int64), arange(2, ScalarType.Int64));
        var target = wide.BeforeRelu(all);
        var before = Difference(narrow.BeforeRelu(kept), target);

        LayerRegression.Fit(narrow, kept, target);

        before.ShouldBeGreaterThan(1);
        Difference(narrow.BeforeRelu(kept), target).ShouldBeLessThan(0.1 * before);
        Difference(narrow.forward(kept), narrow.BeforeRelu(kept).relu()).ShouldBeLessThan(1e-4);
    }

    [Fact]
    public void a_layer_in_batch_statistics_answers_in_training_as_fitted()
    {
        var input = rand(8, 3, 9, 9);
        using var layer = Layer(3, 3, 1, NormMode.Batch);
        LayerRegression.Fit(layer, input, layer.BeforeRelu(input).mul(3).add(2));
        var fitted = layer.forward(input);

        layer.train();

        Difference(layer.forward(input), fitted).ShouldBeLessThan(1e-3);
    }

    [Fact]
    public void what_is_right_already_is_left_alone()
    {
        var input = rand(2, 3, 9, 9);
        using var layer = Layer(3, 3, 1, NormMode.None);
        var weight = layer.Weight.clone();

        LayerRegression.Fit(layer, input, layer.BeforeRelu(input));

        Difference(layer.Weight, weight).ShouldBeLessThan(1e-6);
    }

    private static ConvNorm Layer(int inputs, int kernel, int stride, NormMode mode)
    {
        var layer = new ConvNorm("layer", inputs, 4, kernel, stride, mode);
        layer.InitialiseNormal(1);
        layer.eval();
        return layer;
    }
}
