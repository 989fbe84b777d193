using System.CommandLine;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Pretrained;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Stages;

namespace FaceLoupe.Training.Commands;

/// <summary><c>faceloupe-train proposals</c>: trains MB-FCN.</summary>
internal static class ProposalsCommand
{
    public static Command Create()
    {
        var stage = new StageCommand("proposals", "Train the proposal network (MB-FCN) on annotated pictures.");
        var pretrained = new PretrainedOption(stage.Command);
        return stage.Handle((context, cancellation) =>
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
                    pretrained.Load(network.Trunk, context.Parsed, cancellation);
                }
            }

            new ProposalStage(config, sampler).Train(network, context.Run, cancellation);
        });
    }
}
