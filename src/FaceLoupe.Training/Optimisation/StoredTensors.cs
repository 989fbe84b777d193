using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Optimisation;

/// <summary>
/// Reads the files of TorchSharp's Save into tensors on any device. TorchSharp's module.load moves a network to the CPU
/// and back, after which an optimiser holds weights that are not in use.
/// </summary>
internal static class StoredTensors
{
    /// <summary>Reads a network's weights and statistics in place.</summary>
    /// <exception cref="ArgumentException">The file holds other tensors than the network.</exception>
    public static void LoadInPlace(this nn.Module network, string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        var targets = network.state_dict();
        var count = reader.Read7BitEncodedInt64();
        if (count != targets.Count)
        {
            throw new ArgumentException($"{count} tensors instead of {targets.Count}");
        }

        for (var i = 0; i < count; i++)
        {
            var name = reader.ReadString();
            if (!targets.TryGetValue(name, out var target))
            {
                throw new ArgumentException($"unexpected tensor '{name}'");
            }

            target.LoadInPlace(reader);
        }
    }

    /// <summary>Reads one tensor in place.</summary>
    /// <exception cref="ArgumentException">The file holds another shape or type.</exception>
    public static void LoadInPlace(this Tensor target, BinaryReader reader)
    {
        using var noGrad = no_grad();
        if (target.device_type == DeviceType.CPU)
        {
            target.Load(reader);
            return;
        }

        using var read = empty(target.shape, target.dtype, CPU);
        read.Load(reader);
        target.copy_(read);
    }
}
