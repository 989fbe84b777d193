using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Networks;

/// <summary>How long a step took in one arithmetic.</summary>
/// <param name="Precision">The arithmetic.</param>
/// <param name="Seconds">Seconds of the faster one of its steps.</param>
internal sealed record TimedPrecision(TrainingPrecision Precision, double Seconds);

/// <summary>
/// Chooses the arithmetic of <see cref="TrainingPrecision.Auto"/>: two steps in each, on a network of the same shape
/// and made-up inputs. Which one is fast depends on the processor by a factor of twenty, and no flag tells
/// (docs/decisions/0008).
/// </summary>
internal static class PrecisionChoice
{
    /// <summary>
    /// How much faster another arithmetic must be than float32, which is the one to repeat a training in.
    /// </summary>
    public const double Gain = 1.1;

    // One that is so much slower at its first step, in which kernels are made, is not asked for a second.
    private const double Hopeless = 4;

    private static readonly TrainingPrecision[] Candidates =
        [TrainingPrecision.Float32, TrainingPrecision.Float32ChannelsLast, TrainingPrecision.BFloat16];

    /// <summary>Times the steps; the random numbers of libtorch go on afterwards as if nothing had been.</summary>
    /// <param name="network">Makes a network of the training's shape; it is thrown away.</param>
    /// <param name="step">
    /// A pass of the network that gives one number, from whose gradient it would learn; if it has none, the pass is
    /// all.
    /// </param>
    /// <param name="device">Where to calculate.</param>
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
        timed.Select(candidate => string.Create(
            CultureInfo.InvariantCulture, $"{candidate.Precision.Key()} {candidate.Seconds:0.00} s")));

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

        // A graphics card works on while the program does: a number from the last gradient waits for it.
        (network.parameters().LastOrDefault(weight => weight.grad is not null)?.grad ?? result).sum().item<float>();
        return clock.Elapsed.TotalSeconds;
    }
}
