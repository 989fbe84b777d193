using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Stages.Options;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>A trained network from which another is distilled, in addition to the annotations.</summary>
internal abstract class Teacher<TNetwork> : IDisposable
    where TNetwork : nn.Module
{
    private readonly Tensor[]? channels;

    /// <param name="network">The trained network, moved to the device and disposed with this.</param>
    /// <param name="options">Weights of distillation.</param>
    /// <param name="channels">The channels of each stage that a pruned student has; null: not pruned.</param>
    /// <param name="device">Device to calculate on; null: the CPU.</param>
    protected Teacher(TNetwork network, TeacherOptions options, IReadOnlyList<Tensor>? channels, torch.Device? device)
    {
        (Network, Options) = (network, options);
        network.to(device ?? CPU);
        this.channels = channels?.Select(indices => indices.to(device ?? CPU)).ToArray();
    }

    protected TNetwork Network { get; }

    protected TeacherOptions Options { get; }

    public void Dispose() => Network.Dispose();

    /// <summary>Adds the distillation of features, if the student was pruned from this network.</summary>
    protected void AddFeatures(LossSum loss, Tensor[] stages, Tensor[] teacherStages, string suffix = "")
    {
        if (channels is not null)
        {
            DistillationLoss.AddFeatures(loss, stages, teacherStages, channels, Options.FeatureWeight, suffix);
        }
    }
}
