using System.CommandLine;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Stages;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Commands;

/// <summary><c>faceloupe-train generator</c>: trains G on the pixel-wise loss.</summary>
internal static class GeneratorCommand
{
    public static Command Create() =>
        new StageCommand("generator", "Train the generator alone on the pixel-wise loss, Eq. (4).").Handle(Train);

    /// <summary>Trains the stage, or goes on with it.</summary>
    public static void Train(StageContext context, CancellationToken cancellation)
    {
        using var regions = context.OpenRegions();
        using var validation = context.OpenValidation();
        using var network = new GeneratorNetwork(context.Config.GeneratorNetwork);
        if (context.Run.LatestCheckpoint() is null && context.Config.Generator.StartFrom is { } other)
        {
            new TrainedRun(other).LoadGenerator(network, "generator");
        }

        var options = context.Config.Generator with { Precision = ChosenPrecision.OfGenerator(context) };
        new GeneratorStage(options, context.Config.Seed, regions, validation, context.Device)
            .Train(network, context.Run, cancellation);
    }

    /// <summary>The mined training regions.</summary>
    /// <exception cref="FaceLoupeException">
    /// There are none, or of another size or with other context than the options want.
    /// </exception>
    public static RegionFile OpenRegions(this StageContext context) => Open(context, context.Training.TrainingRegions);

    /// <summary>The mined validation regions, or null where none were mined.</summary>
    public static RegionFile? OpenValidation(this StageContext context) =>
        File.Exists(context.Training.ValidationRegions) ? Open(context, context.Training.ValidationRegions) : null;

    private static RegionFile Open(StageContext context, string path)
    {
        RefuseOtherContext(context, path);
        var regions = new RegionFile(path);
        var wanted = context.Config.Regions.LowResolution;
        if (regions.Low == wanted)
        {
            return regions;
        }

        regions.Dispose();
        throw new FaceLoupeException(FormattableString.Invariant(
            $"{path}: regions of {regions.Low} px, but regions.lowResolution is {wanted}; mine again or set it back."));
    }

    // A file of regions does not say how its windows were cut, and the model's manifest is written from these options:
    // a detector would cut other windows than the networks have learnt from.
    private static void RefuseOtherContext(StageContext context, string path)
    {
        var wanted = context.Config.Regions;
        if (context.Training.FindMiningConfig()?.Regions is { } mined
            && (mined.ContextFactor, mined.ContextBySize) != (wanted.ContextFactor, wanted.ContextBySize))
        {
            throw new FaceLoupeException(
                $"{path}: mined with a context factor of {mined.ContextText}, but the options want "
                + $"{wanted.ContextText}; mine again or set regions.contextFactor and regions.contextBySize back.");
        }
    }
}
