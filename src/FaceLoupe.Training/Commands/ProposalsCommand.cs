using System.CommandLine;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Stages;

namespace FaceLoupe.Training.Commands;

/// <summary><c>faceloupe-train proposals</c>: trains MB-FCN.</summary>
internal static class ProposalsCommand
{
    public static Command Create() =>
        new StageCommand("proposals", "Train the proposal network (MB-FCN) on annotated pictures.", hasTrunk: true)
            .Handle(Train);

    /// <summary>Trains the stage, or goes on with it.</summary>
    public static void Train(StageContext context, CancellationToken cancellation)
    {
        var config = context.Config;
        var sampler = new CanvasSampler(Sources.Open(config.Data, "data"), config.Canvas, config.Seed);
        using var network = new ProposalNetwork(config.ProposalNetwork);
        if (context.Run.LatestCheckpoint() is null)
        {
            if (config.Proposals.StartFrom is { } other)
            {
                new TrainedRun(other).LoadProposals(network);
            }
            else
            {
                PretrainedOption.Load(network.Trunk, context.Pretrained, cancellation);
            }
        }

        using var teacher = config.Proposals.Teacher is { } run ? LoadTeacher(run, config) : null;
        new ProposalStage(config, sampler, teacher).Train(network, context.Run, cancellation);
    }

    private static ProposalNetwork LoadTeacher(string run, TrainingConfig config)
    {
        var teacher = new TrainedRun(run).LoadProposals();
        if (!Anchors(teacher.Options).SequenceEqual(Anchors(config.ProposalNetwork)))
        {
            teacher.Dispose();
            throw new FaceLoupeException(
                $"proposals.teacher {run}: its branches have other strides or anchor sizes; name a training with the "
                + "same proposalNetwork.branches, or drop the teacher.");
        }

        teacher.SetPrecision(config.Proposals.Precision);
        return teacher;
    }

    private static IEnumerable<(int Stride, float Size)> Anchors(ProposalNetworkOptions options) =>
        options.Branches.SelectMany(branch => branch.AnchorSizes.Select(size => (branch.Stride, size)));
}
