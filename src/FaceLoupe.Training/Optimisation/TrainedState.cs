using static TorchSharp.torch;

namespace FaceLoupe.Training.Optimisation;

/// <summary>The networks, averages and optimisers of a stage: the content of a checkpoint.</summary>
internal sealed class TrainedState
{
    private readonly List<(string Name, nn.Module Network)> networks = [];
    private readonly List<(string Name, AdamOptimizer Optimizer)> optimizers = [];
    private readonly List<(string Name, WeightAverage Average)> averages = [];

    public TrainedState Add(string name, nn.Module network)
    {
        networks.Add((name, network));
        return this;
    }

    public TrainedState Add(string name, AdamOptimizer optimizer)
    {
        optimizers.Add((name, optimizer));
        return this;
    }

    public TrainedState Add(string name, WeightAverage average)
    {
        averages.Add((name, average));
        return this;
    }

    /// <summary>Writes every part into a folder.</summary>
    public void Save(string folder)
    {
        foreach (var (name, network) in networks)
        {
            network.save(Path.Combine(folder, $"{name}.weights"));
        }

        foreach (var (name, optimizer) in optimizers)
        {
            optimizer.Save(Path.Combine(folder, $"{name}.optimizer"));
        }

        foreach (var (name, average) in averages)
        {
            average.Save(Path.Combine(folder, $"{name}.average"));
        }
    }

    /// <summary>Reads every part back.</summary>
    public void Load(string folder)
    {
        foreach (var (name, network) in networks)
        {
            network.LoadInPlace(Path.Combine(folder, $"{name}.weights"));
        }

        foreach (var (name, optimizer) in optimizers)
        {
            optimizer.Load(Path.Combine(folder, $"{name}.optimizer"));
        }

        foreach (var (name, average) in averages)
        {
            average.Load(Path.Combine(folder, $"{name}.average"));
        }
    }
}
