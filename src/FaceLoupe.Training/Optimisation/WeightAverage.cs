using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Optimisation;

/// <summary>
/// An exponential moving average of a network's trained weights. Short trainings end noisily; the average is the better
/// detector and is exported.
/// </summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly (Tensor Live, Tensor Mean)[] weights;
    private readonly double decay;

    /// <param name="network">The network; normalisation statistics are averages already and left out.</param>
    /// <param name="decay">Share of the old average that is kept at a step, 0 to 1.</param>
    public WeightAverage(nn.Module network, double decay)
    {
        this.decay = decay;
        using var noGrad = no_grad();
        weights = [.. network.parameters().Where(parameter => parameter.requires_grad)
            .Select(parameter => ((Tensor)parameter, parameter.detach().clone().DetachFromDisposeScope()))];
    }

    /// <summary>Adds a step's weights. The decay is smaller at early steps, to forget the initial weights.</summary>
    public void Update(long step)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var part = tensor(1 - Math.Min(decay, (1.0 + step) / (10 + step)), ScalarType.Float32, weights[0].Mean.device);
        foreach (var (live, mean) in weights)
        {
            mean.lerp_(live, part);
        }
    }

    /// <summary>Swaps the average and the network's weights; twice restores them.</summary>
    public void Swap()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (live, mean) in weights)
        {
            var kept = live.detach().clone();
            live.copy_(mean);
            mean.copy_(kept);
        }
    }

    public void Save(string path)
    {
        using var stream = new BinaryWriter(File.Create(path));
        foreach (var (_, mean) in weights)
        {
            mean.Save(stream);
        }
    }

    public void Load(string path)
    {
        using var noGrad = no_grad();
        using var stream = new BinaryReader(File.OpenRead(path));
        foreach (var (_, mean) in weights)
        {
            mean.LoadInPlace(stream);
        }
    }

    public void Dispose()
    {
        foreach (var (_, mean) in weights)
        {
            mean.Dispose();
        }
    }
}
