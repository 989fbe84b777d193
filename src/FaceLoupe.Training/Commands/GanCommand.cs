using System.CommandLine;
using FaceLoupe.Training.Compression.Pruning;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Stages;
using FaceLoupe.Training.Workspace;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Commands;

/// <summary><c>faceloupe-train gan</c>: trains G and D in turn.</summary>
internal static class GanCommand
{
    // Regions that importance of channels is measured on.
    private const int PruningRegions = 128;

    public static Command Create() =>
        new StageCommand("gan", "Train generator and discriminator in turn, Eq. (10) and (11).", hasTrunk: true)
            .Handle(Train);

    /// <summary>Trains the stage, or goes on with it.</summary>
    public static void Train(StageContext context, CancellationToken cancellation)
    {
        using var regions = context.OpenRegions();
        using var validation = context.OpenValidation();
        if (context.Config.DiscriminatorNetwork.LandmarkCells > 0 && !regions.HasLandmarks)
        {
            throw new FaceLoupeException(
                $"{context.Training.TrainingRegions}: the regions were mined without landmarks, which "
                + "discriminatorNetwork.landmarkCells asks for; mine them again with this option, in a new --run.");
        }

        using var generator = context.Training.LoadGenerator("generator");
        using var discriminator = new DiscriminatorNetwork(context.Config.DiscriminatorNetwork);
        using var teacher = context.Config.Gan.Teacher.Run is { } run ? new TrainedRun(run).LoadDiscriminator() : null;
        var precision = ChosenPrecision.OfGan(context);
        teacher?.SetPrecision(precision);
        var cut = context.Config.Gan.Teacher.Prune ? Cut(teacher!, context.Config, regions) : null;
        if (context.Run.LatestCheckpoint() is null)
        {
            if (cut is not null)
            {
                cut.Fill(discriminator);
            }
            else if (context.Config.Gan.StartFrom is { } other)
            {
                var begun = new TrainedRun(other);
                if (!context.Config.Gan.KeepGenerator)
                {
                    begun.LoadGenerator(generator, "gan");
                }

                begun.LoadDiscriminator(discriminator);
            }
            else
            {
                if (context.Config.DiscriminatorNetwork.Vgg is null)
                {
                    PretrainedOption.Load(discriminator.Trunk, context.Pretrained, cancellation);
                }

                if (context.Config.Gan.TrunkFromProposals)
                {
                    context.Training.LoadProposalTrunk(discriminator.Trunk);
                }
            }
        }

        var config = context.Config;
        var taught = teacher is null
            ? null
            : new DiscriminatorTeacher(teacher, config.Gan.Teacher, cut?.StageChannels, context.Device);
        var options = config.Gan with { Precision = precision };
        new GanStage(options, config.Losses, config.Seed, regions, validation, taught, context.Device)
            .Train(generator, discriminator, context.Run, cancellation);
    }

    // A run that goes on must find the same cut again: the same regions, whatever the batch size.
    private static DiscriminatorPruning Cut(DiscriminatorNetwork teacher, TrainingConfig config, RegionFile regions)
    {
        using var scope = NewDisposeScope();
        var native = regions.Native.Count == 0 ? 0 : PruningRegions / 2;
        var batch = RegionBatch.Draw(regions, PruningRegions - native, native, config.Seed, step: 0);
        return new DiscriminatorPruning(teacher, config.DiscriminatorNetwork, batch.High());
    }
}
