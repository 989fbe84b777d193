using System.CommandLine;
using FaceLoupe.Training.Mining;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Stages;

namespace FaceLoupe.Training.Commands;

/// <summary><c>faceloupe-train gan</c>: trains G and D in turn.</summary>
internal static class GanCommand
{
    public static Command Create() =>
        new StageCommand("gan", "Train generator and discriminator in turn, Eq. (10) and (11).", hasTrunk: true)
            .Handle(Train);

    /// <summary>Trains the stage, or goes on with it.</summary>
    public static void Train(StageContext context, CancellationToken cancellation)
    {
        using var regions = context.OpenRegions();
        using var validation = context.OpenValidation();
        using var generator = context.Training.LoadGenerator("generator");
        using var discriminator = new DiscriminatorNetwork(context.Config.DiscriminatorNetwork);
        if (context.Run.LatestCheckpoint() is null)
        {
            if (context.Config.Gan.StartFrom is { } other)
            {
                var begun = new TrainedRun(other);
                begun.LoadGenerator(generator, "gan");
                begun.LoadDiscriminator(discriminator);
            }
            else
            {
                PretrainedOption.Load(discriminator.Trunk, context.Pretrained, cancellation);
                if (context.Config.Gan.TrunkFromProposals)
                {
                    context.Training.LoadProposalTrunk(discriminator.Trunk);
                }
            }
        }

        new GanStage(context.Config, regions, validation).Train(generator, discriminator, context.Run, cancellation);
    }
}
