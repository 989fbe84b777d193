using FaceLoupe.Training.Compression.Pruning;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Stages.Options;
using FaceLoupe.Training.Workspace;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>A trained MB-FCN from which another is distilled, in addition to the annotations.</summary>
internal sealed class ProposalTeacher : Teacher<ProposalNetwork>
{
    private ProposalTeacher(ProposalNetwork network, TeacherOptions options, ProposalPruning? pruning)
        : base(network, options, pruning?.StageChannels) => Pruning = pruning;

    /// <summary>The pruned part with which the student starts; null: none.</summary>
    public ProposalPruning? Pruning { get; }

    /// <summary>The teacher that a training names; null: none.</summary>
    /// <param name="config">The training's options.</param>
    /// <param name="sampler">Makes canvases; the first of them choose and fit a pruned student.</param>
    /// <exception cref="FaceLoupeException">Its anchors differ, or the student is not a pruned part of it.</exception>
    public static ProposalTeacher? Open(TrainingConfig config, CanvasSampler sampler)
    {
        var options = config.Proposals.Teacher;
        if (options.Run is not { } run)
        {
            return null;
        }

        var network = new TrainedRun(run).LoadProposals();
        if (!Anchors(network.Options).SequenceEqual(Anchors(config.ProposalNetwork)))
        {
            network.Dispose();
            throw new FaceLoupeException(
                $"proposals.teacher.run {run}: its branches have other strides or anchor sizes; name a training with "
                + "the same proposalNetwork.branches, or drop the teacher.");
        }

        var pruning = options.Prune
            ? ProposalPruning.Of(network, config.ProposalNetwork, sampler, config.Canvas.Size)
            : null;
        return new ProposalTeacher(network, options, pruning);
    }

    /// <summary>Adds the losses of distillation.</summary>
    /// <param name="loss">Receives them.</param>
    /// <param name="images">The input of both networks.</param>
    /// <param name="stages">Features of the student.</param>
    /// <param name="outputs">The student's outputs.</param>
    /// <param name="negativesPerPositive">Background anchors kept per face-like one.</param>
    public void AddTo(
        LossSum loss, Tensor images, Tensor[] stages, ProposalOutput[] outputs, double negativesPerPositive)
    {
        var (teacherStages, teacherOutput) = Predict(images);
        DistillationLoss.AddTo(loss, outputs, teacherOutput, negativesPerPositive, Options.Weight);
        AddFeatures(loss, stages, teacherStages);
    }

    private (Tensor[] Stages, ProposalOutput[] Outputs) Predict(Tensor images)
    {
        using var noGrad = no_grad();
        var stages = Network.Stages(images);
        return (stages, Network.Branch(stages));
    }

    private static IEnumerable<(int Stride, float Size)> Anchors(ProposalNetworkOptions options) =>
        options.Branches.SelectMany(branch => branch.AnchorSizes.Select(size => (branch.Stride, size)));
}
