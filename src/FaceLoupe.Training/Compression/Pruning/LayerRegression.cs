using FaceLoupe.Training.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Compression.Pruning;

/// <summary>
/// Fits a convolution to the outputs that it should have, by ridge regression towards its present weights: a pruned
/// layer makes up for the channels that are gone (He, Zhang, Sun 2017; ThiNet, Luo et al. 2017). Not in the paper; see
/// docs/decisions/0037.
/// </summary>
internal static class LayerRegression
{
    // Penalty on a change of the weights, relative to the mean square of the inputs. The bias has none.
    private const double Ridge = 1e-3;

    /// <summary>Changes the weights and the bias.</summary>
    /// <param name="layer">The convolution: not transposed, on the CPU.</param>
    /// <param name="input">Typical inputs, N x C x H x W.</param>
    /// <param name="target">The outputs to come near to, before the ReLU.</param>
    public static void Fit(ConvNorm layer, Tensor input, Tensor target)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var size = layer.Weight[0].numel();
        var products = zeros(size + 1, size + 1, ScalarType.Float64);
        var responses = zeros(size + 1, layer.OutChannels, ScalarType.Float64);

        // As many images at once as have a position for every weight: products of few positions take as long.
        var chunk = Math.Max(1, size / (target.shape[2] * target.shape[3]));
        for (long i = 0; i < input.shape[0]; i += chunk)
        {
            using var one = NewDisposeScope();
            var count = Math.Min(chunk, input.shape[0] - i);
            var images = input.narrow(0, i, count);
            var missing = Columns(target.narrow(0, i, count).Subtract(layer.BeforeRelu(images)).flatten(2));
            var patches = Columns(Patches(layer, images));
            var seen = cat([patches, ones(1, patches.shape[1])]);
            products.AddInPlace(seen.matmul(seen.t()).to(ScalarType.Float64));
            responses.AddInPlace(seen.matmul(missing.t()).to(ScalarType.Float64));
        }

        var squares = products.diagonal().narrow(0, 0, size);
        squares.PlusInPlace(Ridge * Math.Max(squares.mean().item<double>(), 1e-9)); // all inputs may be zero
        var change = linalg.solve(products, responses).to(ScalarType.Float32).t();
        var (weight, bias) = layer.Fold();
        layer.LoadFolded(Sum(weight, change.narrow(1, 0, size)), Sum(bias, change.narrow(1, size, 1)));
        layer.TakesStatistics = true;
        layer.forward(input);
        layer.TakesStatistics = false;
    }

    /// <summary>Fits a layer to the kept channels of a larger one.</summary>
    /// <param name="small">The layer.</param>
    /// <param name="large">The larger one.</param>
    /// <param name="x">Typical inputs of the larger one.</param>
    /// <param name="y">What the small one receives for them.</param>
    /// <param name="channels">The output channels that are kept, indices.</param>
    /// <returns>The outputs of both.</returns>
    public static (Tensor Large, Tensor Small) Follow(
        ConvNorm small, ConvNorm large, Tensor x, Tensor y, Tensor channels)
    {
        var target = large.BeforeRelu(x);
        Fit(small, y, target.index_select(1, channels));
        return (large.Relu ? target.relu() : target, small.forward(y));
    }

    // What each output sees: N x C kernel kernel x positions.
    private static Tensor Patches(ConvNorm layer, Tensor images) => functional.unfold(
        images, (layer.Kernel, layer.Kernel), padding: (layer.Kernel / 2, layer.Kernel / 2),
        stride: (layer.Stride, layer.Stride));

    // N x C x positions as C x positions of all images.
    private static Tensor Columns(Tensor images) => images.transpose(0, 1).flatten(1);

    private static float[] Sum(float[] values, Tensor change) =>
        [.. values.Zip(change.contiguous().data<float>(), (value, more) => value + more)];
}
