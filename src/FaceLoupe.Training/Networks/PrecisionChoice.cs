using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Networks;

/// <summary>Time of a step in one arithmetic.</summary>
/// <param name="Precision">The arithmetic.</param>
/// <param name="Seconds">Seconds of the faster one of its steps.</param>
internal sealed record TimedPrecision(TrainingPrecision Precision, double Seconds);

/// <summary>
/// Chooses the arithmetic of <see cref="TrainingPrecision.Auto"/>: times two steps in each on a network of the same
/// shape with random inputs. Speed depends on the processor by a factor of twenty, and no CPU flag predicts it
/// (docs/decisions/0008).
/// </summary>
internal static class PrecisionChoice
{
    /// <summary>Minimum speed-up over float32, which is preferred because it is reproducible.</summary>
    public const double Gain = 1.1;

    // No second step if the first one is slower by this factor.
    private const double Hopeless = 4;

    private static readonly TrainingPrecision[] Candidates =
        [TrainingPrecision.Float32, TrainingPrecision.Float32ChannelsLast, TrainingPrecision.BFloat16];

    /// <summary>Times the steps; libtorch's random state is restored afterwards.</summary>
    /// <param name="network">Makes a temporary network of the training's shape.</param>
    /// <param name="step">A pass that returns a scalar; the backward pass follows if it has a gradient.</param>
    /// <param name="device">Device to calculate on.</param>
    /// <returns>Two steps or one of each arithmetic, float32 first.</returns>
    public static IReadOnlyList<TimedPrecision> Time<T>(
        Func<T> network, Func<T, torch.Device, Tensor> step, torch.Device device)
        where T : nn.Module
    {
        using var scope = NewDisposeScope();
        var random = get_rng_state();
        try
        {
            using var probe = network();
            probe.to(device);
            var first = Candidates.Select(precision => Seconds(probe, precision, step, device)).ToArray();
            return [.. Candidates.Select((precision, i) => new TimedPrecision(
                precision,
                first[i] > Hopeless * first[0]
                    ? first[i]
                    : Math.Min(first[i], Seconds(probe, precision, step, device))))];
        }
        finally
        {
            set_rng_state(random);
        }
    }

    /// <summary>The fastest one, or float32 where none is faster by <see cref="Gain"/>.</summary>
    public static TrainingPrecision Best(IReadOnlyList<TimedPrecision> timed)
    {
        var best = timed.MinBy(candidate => candidate.Seconds)!;
        var plain = timed.First(candidate => candidate.Precision == TrainingPrecision.Float32);
        return best.Seconds * Gain <= plain.Seconds ? best.Precision : TrainingPrecision.Float32;
    }

    /// <summary>The times in one line: "float32 1.20 s, bFloat16 0.41 s".</summary>
    public static string Text(IReadOnlyList<TimedPrecision> timed) => string.Join(
        ", ",
        timed.Select(candidate => FormattableString.Invariant(
            $"{candidate.Precision.Key()} {candidate.Seconds:0.00} s")));

    private static double Seconds<T>(
        T network, TrainingPrecision precision, Func<T, torch.Device, Tensor> step, torch.Device device)
        where T : nn.Module
    {
        using var scope = NewDisposeScope();
        network.SetPrecision(precision);
        var clock = Stopwatch.StartNew();
        var result = step(network, device);
        if (result.requires_grad)
        {
            result.backward();
        }

        // GPUs run asynchronously: reading a number of the last gradient waits for them.
        (network.parameters().LastOrDefault(weight => weight.grad is not null)?.grad ?? result).sum().item<float>();
        return clock.Elapsed.TotalSeconds;
    }
}
