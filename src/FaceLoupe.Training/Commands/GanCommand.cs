using System.CommandLine;
using FaceLoupe.Training.Mining;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Stages;

namespace FaceLoupe.Training.Commands;

/// <summary><c>faceloupe-train gan</c>: trains G and D in turn.</summary>
internal static class GanCommand
{
    public static Command Create()
    {
        var stage = new StageCommand("gan", "Train generator and discriminator in turn, Eq. (10) and (11).");
        var pretrained = new PretrainedOption(stage.Command);
        return stage.Handle((context, cancellation) =>
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
                    pretrained.Load(discriminator.Trunk, context.Parsed, cancellation);
                }
            }

            new GanStage(context.Config, regions, validation).Train(generator, discriminator, context.Run, cancellation);
        });
    }
}
