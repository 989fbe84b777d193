using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Runs;

/// <summary>The device of a training: the CPU, or a GPU if libtorch has CUDA.</summary>
internal static class TrainingDevice
{
    /// <summary>Opens the device of a name.</summary>
    /// <param name="name">cpu, cuda (the first card) or cuda:N.</param>
    /// <exception cref="FaceLoupeException">Another name, a libtorch without CUDA, or no such card.</exception>
    public static torch.Device Open(string name)
    {
        if (name == "cpu")
        {
            return CPU;
        }

        var index = name == "cuda" ? 0 : Index(name);
        if (!HasCuda())
        {
            throw new FaceLoupeException(
                $"--device {name}: no CUDA here: either there is no such card, or the libtorch that was found runs on "
                + "the CPU only (docs/reproducing.md explains how to get one with CUDA); leave the option out to "
                + "train on the processor.");
        }

        var cards = cuda.device_count();
        return index < cards
            ? new torch.Device(DeviceType.CUDA, index)
            : throw new FaceLoupeException(FormattableString.Invariant(
                $"--device {name}: there are {cards} cards, numbered from 0; name one of them."));
    }

    private static int Index(string name) =>
        name.StartsWith("cuda:", StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : throw new FaceLoupeException($"--device {name}: expected cpu, cuda or cuda:N.");

    private static bool HasCuda()
    {
        try
        {
            return TryInitializeDeviceType(DeviceType.CUDA);
        }
        catch (Exception fault) when (fault is NotSupportedException or DllNotFoundException or ExternalException)
        {
            return false;
        }
    }
}
