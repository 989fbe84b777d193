using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Stages.Options;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>A trained network from which another is distilled, in addition to the annotations.</summary>
internal abstract class Teacher<TNetwork> : IDisposable
    where TNetwork : nn.Module
{
    private Tensor[]? channels;

    /// <param name="network">The trained network, on the CPU and in float32; disposed with this.</param>
    /// <param name="options">Weights of distillation.</param>
    /// <param name="channels">The channels of each stage that a pruned student has; null: not pruned.</param>
    protected Teacher(TNetwork network, TeacherOptions options, IReadOnlyList<Tensor>? channels) =>
        (Network, Options, this.channels) = (network, options, channels?.ToArray());

    protected TNetwork Network { get; }

    protected TeacherOptions Options { get; }

    public void Dispose() => Network.Dispose();

    /// <summary>Goes where the student is trained, once the student has been pruned from it.</summary>
    /// <param name="precision">The training's arithmetic.</param>
    /// <param name="device">Device to calculate on; null: the CPU.</param>
    public void Join(TrainingPrecision precision, torch.Device? device)
    {
        Network.SetPrecision(precision);
        Network.to(device ?? CPU);
        channels = channels?.Select(indices => indices.to(device ?? CPU)).ToArray();
    }

    /// <summary>Adds the distillation of features, if the student was pruned from this network.</summary>
    protected void AddFeatures(LossSum loss, Tensor[] stages, Tensor[] teacherStages, string suffix = "")
    {
        if (channels is not null)
        {
            DistillationLoss.AddFeatures(loss, stages, teacherStages, channels, Options.FeatureWeight, suffix);
        }
    }
}
