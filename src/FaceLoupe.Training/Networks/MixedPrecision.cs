using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Networks;

/// <summary>Arithmetic of the convolutions while training.</summary>
internal enum TrainingPrecision
{
    /// <summary>32-bit floats.</summary>
    Float32,

    /// <summary>
    /// 16-bit "brain" floats with the range of 32-bit ones, so that no loss scaling is needed. Two to three times
    /// faster on processors with AVX512-BF16 or AMX; slower on others.
    /// </summary>
    BFloat16,

    /// <summary>32-bit floats with channels innermost in memory: another order of sums, sometimes faster.</summary>
    Float32ChannelsLast,

    /// <summary>The fastest one here, by two timed steps of each. A run keeps its first choice.</summary>
    Auto,
}

/// <summary>
/// Mixed precision: convolutions in 16 bits; weights, normalisation, losses and optimiser in 32. TorchSharp has no
/// autocast: layers convert their inputs and weights, networks their outputs.
/// </summary>
internal static class MixedPrecision
{
    /// <summary>The name in options: "float32", "bFloat16".</summary>
    public static string Key(this TrainingPrecision precision) =>
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(precision.ToString());

    /// <summary>Sets the arithmetic of all convolutions of a network.</summary>
    /// <exception cref="ArgumentException">It is <see cref="TrainingPrecision.Auto"/>: choose one first.</exception>
    public static void SetPrecision(this Module network, TrainingPrecision precision)
    {
        if (precision == TrainingPrecision.Auto)
        {
            throw new ArgumentException("An arithmetic must be chosen first.", nameof(precision));
        }

        foreach (var layer in network.modules().OfType<ConvNorm>())
        {
            layer.Precision = precision;
        }
    }

    /// <summary>The tensor in float32.</summary>
    public static Tensor Widen(this Tensor tensor) => tensor.to(ScalarType.Float32);

    /// <summary>The same N x C x H x W tensor with channels innermost in memory.</summary>
    public static Tensor ChannelsLast(this Tensor tensor) =>
        tensor.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
