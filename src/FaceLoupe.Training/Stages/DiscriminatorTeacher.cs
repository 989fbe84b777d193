using FaceLoupe.Training.Compression.Pruning;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Stages.Options;
using FaceLoupe.Training.Workspace;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>A trained discriminator from which another is distilled, in addition to the labels.</summary>
internal sealed class DiscriminatorTeacher : Teacher<DiscriminatorNetwork>
{
    private DiscriminatorTeacher(DiscriminatorNetwork network, TeacherOptions options, DiscriminatorPruning? pruning)
        : base(network, options, pruning?.StageChannels) => Pruning = pruning;

    /// <summary>The pruned part with which the student starts; null: none.</summary>
    public DiscriminatorPruning? Pruning { get; }

    /// <summary>The teacher that a training names; null: none.</summary>
    /// <param name="config">The training's options.</param>
    /// <param name="regions">The training RoIs; a pruned student is chosen by some of them and fitted on some.</param>
    /// <exception cref="FaceLoupeException">The student is not a pruned part of it.</exception>
    public static DiscriminatorTeacher? Open(TrainingConfig config, RegionFile regions)
    {
        var options = config.Gan.Teacher;
        if (options.Run is not { } run)
        {
            return null;
        }

        var network = new TrainedRun(run).LoadDiscriminator();
        var pruning = options.Prune
            ? DiscriminatorPruning.Of(network, config.DiscriminatorNetwork, regions, config.Seed)
            : null;
        return new DiscriminatorTeacher(network, options, pruning);
    }

    /// <summary>Adds the losses of distillation.</summary>
    /// <param name="loss">Receives them.</param>
    /// <param name="regions">The input of both networks.</param>
    /// <param name="stages">Features of the student.</param>
    /// <param name="output">The student's output.</param>
    /// <param name="suffix">Suffix of the parts' names.</param>
    public void AddTo(LossSum loss, Tensor regions, Tensor[] stages, DiscriminatorOutput output, string suffix)
    {
        var (teacherStages, teacherOutput) = Predict(regions);
        DistillationLoss.AddDiscriminator(loss, output, teacherOutput, Options.Weight, suffix);
        AddFeatures(loss, stages, teacherStages, suffix);
    }

    private (Tensor[] Stages, DiscriminatorOutput Output) Predict(Tensor regions)
    {
        using var noGrad = no_grad();
        var stages = Network.Features.forward(regions);
        return (stages, Network.RunHeads(stages));
    }
}
