using FaceLoupe.Training.Compression.Pruning;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Stages.Options;
using FaceLoupe.Training.Workspace;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>A trained discriminator that another one learns from besides the labels: knowledge distillation.</summary>
internal sealed class DiscriminatorTeacher : Teacher<DiscriminatorNetwork>
{
    private DiscriminatorTeacher(
        DiscriminatorNetwork network, TeacherOptions options, DiscriminatorPruning? pruning, torch.Device? device)
        : base(network, options, pruning?.StageChannels, device) => Pruning = pruning;

    /// <summary>The pruned part with which the student starts; null: none.</summary>
    public DiscriminatorPruning? Pruning { get; }

    /// <summary>The teacher that a training names; null: none.</summary>
    /// <param name="config">The training's options.</param>
    /// <param name="precision">What it calculates in.</param>
    /// <param name="regions">Mined for training; the importance of channels is measured on the first of them.</param>
    /// <param name="device">Device to calculate on; null: the CPU.</param>
    /// <exception cref="FaceLoupeException">The learning network is not a part of the teacher.</exception>
    public static DiscriminatorTeacher? Open(
        TrainingConfig config, TrainingPrecision precision, RegionFile regions, torch.Device? device)
    {
        var options = config.Gan.Teacher;
        if (options.Run is not { } run)
        {
            return null;
        }

        var network = new TrainedRun(run).LoadDiscriminator();
        network.SetPrecision(precision);
        var pruning = options.Prune
            ? DiscriminatorPruning.Of(network, config.DiscriminatorNetwork, regions, config.Seed)
            : null;
        return new DiscriminatorTeacher(network, options, pruning, device);
    }

    /// <summary>Adds the distance between the student's outputs and features and this one's.</summary>
    /// <param name="loss">Takes it.</param>
    /// <param name="regions">What both see.</param>
    /// <param name="stages">Features of the learning network.</param>
    /// <param name="output">What it says.</param>
    /// <param name="suffix">Ends the names of the parts.</param>
    public void AddTo(LossSum loss, Tensor regions, Tensor[] stages, DiscriminatorOutput output, string suffix)
    {
        var (taughtStages, taught) = Forward(regions);
        DistillationLoss.AddDiscriminator(loss, output, taught, Options.Weight, suffix);
        AddFeatures(loss, stages, taughtStages, suffix);
    }

    private (Tensor[] Stages, DiscriminatorOutput Output) Forward(Tensor regions)
    {
        using var noGrad = no_grad();
        var stages = Network.Features.forward(regions);
        return (stages, Network.Classify(stages));
    }
}
