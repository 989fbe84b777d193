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

        new ProposalStage(config, sampler).Train(network, context.Run, cancellation);
    }
}
