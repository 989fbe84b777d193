using static TorchSharp.torch;

namespace FaceLoupe.Training.Optimisation;

/// <summary>The networks, averages and optimisers of a stage: the content of a checkpoint.</summary>
internal sealed class TrainedState
{
    private readonly List<(string File, Action<string> Save, Action<string> Load)> parts = [];

    public TrainedState Add(string name, nn.Module network) =>
        Add($"{name}.weights", path => network.save(path), network.LoadInPlace);

    public TrainedState Add(string name, AdamOptimizer optimizer) =>
        Add($"{name}.optimizer", optimizer.Save, optimizer.Load);

    public TrainedState Add(string name, WeightAverage average) => Add($"{name}.average", average.Save, average.Load);

    /// <summary>Writes every part into a folder.</summary>
    public void Save(string folder) => parts.ForEach(part => part.Save(Path.Combine(folder, part.File)));

    /// <summary>Reads every part back.</summary>
    /// <exception cref="FaceLoupeException">A file is missing, damaged or of other networks.</exception>
    public void Load(string folder) =>
        parts.ForEach(part => CheckpointFile.Read(Path.Combine(folder, part.File), part.Load));

    private TrainedState Add(string file, Action<string> save, Action<string> load)
    {
        parts.Add((file, save, load));
        return this;
    }
}
