using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Stages.Options;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>A trained MB-FCN that another one learns from besides the annotations: knowledge distillation.</summary>
internal sealed class ProposalTeacher(
    ProposalNetwork network, TeacherOptions options, IReadOnlyList<Tensor>? channels, torch.Device? device)
    : Teacher<ProposalNetwork>(network, options, channels, device)
{
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
        DistillationLoss.AddTo(loss, outputs, taught, negativesPerPositive, Options.Weight);
        AddFeatures(loss, stages, taughtStages);
    }

    private (Tensor[] Stages, ProposalOutput[] Outputs) Ask(Tensor images)
    {
        using var noGrad = no_grad();
        var stages = Network.Stages(images);
        return (stages, Network.Branch(stages));
    }
}
