using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>A trained MB-FCN that another one learns from besides the annotations: knowledge distillation.</summary>
internal sealed class ProposalTeacher
{
    private readonly ProposalNetwork network;
    private readonly TeacherOptions options;
    private readonly Tensor[]? channels;

    /// <param name="network">The trained network; moved to the device.</param>
    /// <param name="options">Weights of what it says.</param>
    /// <param name="channels">
    /// Its channels in each stage that the other network has, of a pruned one; null: none.
    /// </param>
    /// <param name="device">Where to calculate; null: on the processor.</param>
    public ProposalTeacher(
        ProposalNetwork network, TeacherOptions options, IReadOnlyList<Tensor>? channels, torch.Device? device)
    {
        (this.network, this.options) = (network, options);
        network.to(device ?? CPU);
        this.channels = channels?.Select(indices => indices.to(device ?? CPU)).ToArray();
    }

    /// <summary>Adds how far the learning network is from this one.</summary>
    /// <param name="loss">Takes it.</param>
    /// <param name="images">What both see.</param>
    /// <param name="stages">Features of the learning network.</param>
    /// <param name="outputs">What it says.</param>
    /// <param name="negativesPerPositive">Background anchors kept per face-like one.</param>
    public void AddTo(
        LossSum loss, Tensor images, Tensor[] stages, ProposalOutput[] outputs, double negativesPerPositive)
    {
        var (taughtStages, taught) = Ask(images);
        DistillationLoss.AddTo(loss, outputs, taught, negativesPerPositive, options.Weight);
        if (channels is not null)
        {
            DistillationLoss.AddFeatures(loss, stages, taughtStages, channels, options.FeatureWeight);
        }
    }

    private (Tensor[] Stages, ProposalOutput[] Outputs) Ask(Tensor images)
    {
        using var noGrad = no_grad();
        var stages = network.Stages(images);
        return (stages, network.Branch(stages));
    }
}
