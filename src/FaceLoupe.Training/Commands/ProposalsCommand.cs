using System.CommandLine;
using FaceLoupe.Training.Compression.Pruning;
using FaceLoupe.Training.Detectors;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Stages;
using FaceLoupe.Training.Workspace;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Commands;

/// <summary><c>faceloupe-train proposals</c>: trains MB-FCN.</summary>
internal static class ProposalsCommand
{
    // Canvases that importance of channels is measured on.
    private const int PruningCanvases = 32;

    public static Command Create() =>
        new StageCommand("proposals", "Train the proposal network (MB-FCN) on annotated pictures.", hasTrunk: true)
            .Handle(Train);

    /// <summary>Trains the stage, or goes on with it.</summary>
    public static void Train(StageContext context, CancellationToken cancellation)
    {
        var config = context.Config with
        {
            Proposals = context.Config.Proposals with { Precision = ChosenPrecision.OfProposals(context) },
        };
        var sampler = new CanvasSampler(Sources.Open(config.Data, "data"), config.Canvas, config.Seed);
        using var network = new ProposalNetwork(config.ProposalNetwork);
        using var teacher = config.Proposals.Teacher.Run is { } run ? LoadTeacher(run, config) : null;
        var cut = config.Proposals.Teacher.Prune ? Cut(teacher!, config, sampler) : null;
        if (context.Run.LatestCheckpoint() is null)
        {
            if (cut is not null)
            {
                cut.Fill(network);
            }
            else if (config.Proposals.StartFrom is { } other)
            {
                new TrainedRun(other).LoadProposals(network);
            }
            else
            {
                PretrainedOption.Load(network.Trunk, context.Pretrained, cancellation);
            }
        }

        var validation = config.ValidationData.Count > 0 && config.Proposals.ValidationCanvases > 0
            ? new CanvasSampler(Sources.Open(config.ValidationData, "validationData"), config.Canvas, config.Seed)
            : null;
        var taught = teacher is null
            ? null
            : new ProposalTeacher(teacher, config.Proposals.Teacher, cut?.StageChannels, context.Device);
        using var detectors = config.Proposals.Detectors is { } named
            ? new CanvasDetectors(named.Files, named.Scale)
            : null;
        new ProposalStage(
            config.Proposals,
            config.ProposalNetwork.Branches,
            config.Canvas.Size,
            sampler,
            taught,
            context.Device,
            validation,
            detectors)
            .Train(network, context.Run, cancellation);
    }

    // A run that goes on must find the same cut again: the same canvases, whatever the batch size.
    private static ProposalPruning Cut(ProposalNetwork teacher, TrainingConfig config, CanvasSampler sampler)
    {
        using var scope = NewDisposeScope();
        var size = config.Canvas.Size;
        return new ProposalPruning(
            teacher, config.ProposalNetwork,
            tensor(BatchPixels.First(sampler, PruningCanvases, size), [PruningCanvases, 3, size, size]));
    }

    private static ProposalNetwork LoadTeacher(string run, TrainingConfig config)
    {
        var teacher = new TrainedRun(run).LoadProposals();
        if (!Anchors(teacher.Options).SequenceEqual(Anchors(config.ProposalNetwork)))
        {
            teacher.Dispose();
            throw new FaceLoupeException(
                $"proposals.teacher.run {run}: its branches have other strides or anchor sizes; name a training with "
                + "the same proposalNetwork.branches, or drop the teacher.");
        }

        teacher.SetPrecision(config.Proposals.Precision);
        return teacher;
    }

    private static IEnumerable<(int Stride, float Size)> Anchors(ProposalNetworkOptions options) =>
        options.Branches.SelectMany(branch => branch.AnchorSizes.Select(size => (branch.Stride, size)));
}
