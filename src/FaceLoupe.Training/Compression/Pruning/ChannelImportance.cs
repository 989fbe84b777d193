using FaceLoupe.Training.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Compression.Pruning;

/// <summary>
/// Importance of a channel for the layers behind it: its mean square on typical inputs, times the squares of the
/// weights that read it.
/// </summary>
internal static class ChannelImportance
{
    /// <summary>Mean square of every channel, C, of maps N x C x H x W or features N x C.</summary>
    public static Tensor Energy(Tensor map) =>
        map.Widen().square().mean(map.dim() == 4 ? [0, 2, 3] : [0]);

    /// <summary>Squares of a convolution's weights, summed per input channel.</summary>
    public static Tensor Reading(ConvNorm layer) =>
        tensor(layer.Fold().Weight).reshape(layer.Weight.shape).square().sum([0, 2, 3]);

    /// <summary>The same for all convolutions that read a block's input.</summary>
    public static Tensor Reading(TrunkBlock block) =>
        block.Downsample is { } shortcut ? Reading(block.Body[0]).Add(Reading(shortcut)) : Reading(block.Body[0]);

    /// <summary>The same for a fully connected layer.</summary>
    public static Tensor Reading(Linear layer) => layer.weight!.detach().square().sum([0]);

    /// <summary>Indices of the most important channels, ascending.</summary>
    public static Tensor Best(Tensor importance, int count) => importance.topk(count).indexes.sort().Values;
}
