using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>A trained discriminator that another one learns from besides the labels: knowledge distillation.</summary>
internal sealed class DiscriminatorTeacher
{
    private readonly DiscriminatorNetwork network;
    private readonly TeacherOptions options;
    private readonly Tensor[]? channels;

    /// <param name="network">The trained network; moved to the device.</param>
    /// <param name="options">Weights of what it says.</param>
    /// <param name="channels">
    /// Its channels in each stage that the other network has, of a pruned one; null: none.
    /// </param>
    /// <param name="device">Where to calculate; null: on the processor.</param>
    public DiscriminatorTeacher(
        DiscriminatorNetwork network, TeacherOptions options, IReadOnlyList<Tensor>? channels, torch.Device? device)
    {
        (this.network, this.options) = (network, options);
        network.to(device ?? CPU);
        this.channels = channels?.Select(indices => indices.to(device ?? CPU)).ToArray();
    }

    /// <summary>Adds how far the learning network is from this one.</summary>
    /// <param name="loss">Takes it.</param>
    /// <param name="regions">What both see.</param>
    /// <param name="stages">Features of the learning network.</param>
    /// <param name="output">What it says.</param>
    /// <param name="suffix">Ends the names of the parts.</param>
    public void AddTo(LossSum loss, Tensor regions, Tensor[] stages, DiscriminatorOutput output, string suffix)
    {
        var (taughtStages, taught) = Ask(regions);
        DistillationLoss.AddVerdict(loss, output, taught, options.Weight, suffix);
        if (channels is not null)
        {
            DistillationLoss.AddFeatures(loss, stages, taughtStages, channels, options.FeatureWeight, suffix);
        }
    }

    private (Tensor[] Stages, DiscriminatorOutput Output) Ask(Tensor regions)
    {
        using var noGrad = no_grad();
        var stages = network.Trunk.forward(regions);
        return (stages, network.Judge(stages));
    }
}
