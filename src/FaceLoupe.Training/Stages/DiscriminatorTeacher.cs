using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Stages.Options;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>A trained discriminator that another one learns from besides the labels: knowledge distillation.</summary>
internal sealed class DiscriminatorTeacher(
    DiscriminatorNetwork network, TeacherOptions options, IReadOnlyList<Tensor>? channels, torch.Device? device)
    : Teacher<DiscriminatorNetwork>(network, options, channels, device)
{
    /// <summary>Adds how far the learning network is from this one.</summary>
    /// <param name="loss">Takes it.</param>
    /// <param name="regions">What both see.</param>
    /// <param name="stages">Features of the learning network.</param>
    /// <param name="output">What it says.</param>
    /// <param name="suffix">Ends the names of the parts.</param>
    public void AddTo(LossSum loss, Tensor regions, Tensor[] stages, DiscriminatorOutput output, string suffix)
    {
        var (taughtStages, taught) = Ask(regions);
        DistillationLoss.AddDiscriminator(loss, output, taught, Options.Weight, suffix);
        AddFeatures(loss, stages, taughtStages, suffix);
    }

    private (Tensor[] Stages, DiscriminatorOutput Output) Ask(Tensor regions)
    {
        using var noGrad = no_grad();
        var stages = Network.Features.forward(regions);
        return (stages, Network.Judge(stages));
    }
}
