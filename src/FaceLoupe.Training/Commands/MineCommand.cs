using System.CommandLine;
using System.Text.Json;
using FaceLoupe.Proposals;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Export;
using FaceLoupe.Training.Identities;
using FaceLoupe.Training.Mining;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Samples.Sources;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Commands;

/// <summary><c>faceloupe-train mine</c>: crops faces and non-faces with the trained MB-FCN.</summary>
internal static class MineCommand
{
    // Mining sees other canvases than stage 1 was trained on.
    private const ulong SeedOffset = 1_000_003;

    public static Command Create() =>
        new StageCommand("mine", "Crop faces and non-faces for stage 2 with the trained proposal network.")
            .Handle(Mine);

    /// <summary>Mines training and validation regions.</summary>
    public static void Mine(StageContext context, CancellationToken cancellation)
    {
        var config = context.Config;
        var recorded = config.Mine.Recorded is { } path ? new RecordedSearch(path, config.Mine) : null;
        using var network = config.Mine.Search == MiningSearch.View ? context.Training.LoadProposals() : null;
        var mine = network is null ? config.Mine : config.Mine with { Precision = ChosenPrecision.OfMining(context) };
        using var planned = network is null && recorded is null ? new PlannedProposals(context.Training, config) : null;
        var search = recorded ?? planned ?? (IProposalSource)new ViewProposals(mine, network!, context.Device);
        var miner = new RegionMiner(config.Mine, config.Regions, config.Seed, search, Origin(context))
        {
            WithLandmarks = config.DiscriminatorNetwork.LandmarkCells > 0,
        };
        var training = context.Training;
        var finished =
            Mine(miner, config, config.Data, "data", config.Mine.Canvases, training.TrainingRegions, cancellation);
        if (finished && WantsValidation(config))
        {
            Mine(
                miner, config, config.ValidationData, "validationData", config.Mine.ValidationCanvases,
                training.ValidationRegions, cancellation);
        }
    }

    /// <summary>Whether validation regions are mined too.</summary>
    public static bool WantsValidation(TrainingConfig config) =>
        config.ValidationData.Count > 0 && config.Mine.ValidationCanvases > 0;

    // Everything that decides about a region; a mining goes on only where none of it has changed.
    private static string Origin(StageContext context)
    {
        var keys = new StageKeys(DataIdentity.Of(context.Config.Data), DataIdentity.Of(context.Config.ValidationData));
        return $"{FinishedProposals.IdentityOf(context.Training)} {keys.Mine(context.Config).Hash} "
            + JsonSerializer.Serialize(context.Config.Export, OptionsJson.Format)
            + (context.Config.DiscriminatorNetwork.LandmarkCells > 0 ? " landmarks" : "");
    }

    private static bool Mine(
        RegionMiner miner, TrainingConfig config, IReadOnlyList<SourceOptions> data, string key, int most, string path,
        CancellationToken cancellation)
    {
        var stage = key == "data" ? "mine" : "mine validation";
        var sources = Sources.Open(data, key);
        if (miner.WithLandmarks && key == "data" && !sources.Any(HasLandmarks))
        {
            throw new FaceLoupeException(
                "data: no face has landmarks, which discriminatorNetwork.landmarkCells asks for; label the pictures "
                + "with 'faceloupe-train label --landmarks' and name that file as annotations.");
        }

        if (config.Mine.WholePictures)
        {
            return miner.Mine(new WholePictures(sources, config.Canvas.IgnoreBelow, most), path, stage, cancellation);
        }

        var canvas = config.Mine.Search == MiningSearch.View
            ? config.Canvas
            : config.Canvas with { UpsampledShare = 0 };
        return miner.Mine(
            new CanvasSampler(sources, canvas, config.Seed + SeedOffset), most, path, stage, cancellation);
    }

    private static bool HasLandmarks(CanvasSource source) =>
        source.Folder.Pictures.Any(picture => picture.Faces.Any(face => face.Landmarks is not null));
}
