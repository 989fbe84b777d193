using System.CommandLine;
using System.Text.Json;
using FaceLoupe.Crops;
using FaceLoupe.Imaging;
using FaceLoupe.Proposals;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Detectors;
using FaceLoupe.Training.Export;
using FaceLoupe.Training.Identities;
using FaceLoupe.Training.Mining;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Samples.Sources;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Stages;

/// <summary><c>faceloupe-train mine</c>: crops faces and non-faces with the trained MB-FCN.</summary>
internal static class MineStage
{
    // Mining uses other canvases than the training of stage 1.
    private const ulong SeedOffset = 1_000_003;

    public static Command Create() =>
        new StageCommand("mine", "Crop faces and non-faces for stage 2 with the trained proposal network.")
            .Handle(Run);

    /// <summary>Mines training and validation RoIs.</summary>
    public static void Run(StageContext context, CancellationToken cancellation)
    {
        var config = context.Config;
        var recorded = config.Mine.Recorded is { } path ? new RecordedSearch(path, config.Mine) : null;
        using var network = config.Mine.Search == MiningSearch.View ? context.Training.LoadProposals() : null;
        var mine = network is null ? config.Mine : config.Mine with { Precision = ChosenPrecision.OfMining(context) };
        using var planned = network is null && recorded is null ? new PlannedProposals(context.Training, config) : null;
        var search = recorded ?? planned ?? (IProposalSource)new ViewProposals(mine, network!, context.Device);
        using var detectors = config.Mine.Detectors is { } named ? new CanvasDetectors(named.Looks) : null;
        var training = context.Training;
        var finished =
            Mine(
                Miner(detectors), config, config.Data, "data", config.Mine.Canvases, training.TrainingRegions,
                cancellation);
        if (finished && MinesValidation(config))
        {
            Mine(
                Miner(), config, config.ValidationData, "validationData", config.Mine.ValidationCanvases,
                training.ValidationRegions, cancellation);
        }

        // Annotations alone decide what is right in validation.
        RegionMiner Miner(CanvasDetectors? looking = null) =>
            new(config.Mine, config.Regions, config.Seed, search, Origin(context))
            {
                Detectors = looking,
                WithLandmarks = config.DiscriminatorNetwork.LandmarkCells > 0,
            };
    }

    /// <summary>Whether validation RoIs are mined too.</summary>
    public static bool MinesValidation(TrainingConfig config) =>
        config.ValidationData.Count > 0 && config.Mine.ValidationCanvases > 0;

    // Everything that an RoI depends on; mining resumes only if it has not changed.
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
                "data: no face has landmarks, which discriminatorNetwork.landmarkCells asks for; label the images "
                + "with 'faceloupe-train label --landmarks' and name that file as annotations.");
        }

        if (config.Mine.WholePictures)
        {
            return miner.Mine(new WholePictures(sources, config.Canvas.IgnoreBelow, most), path, stage, cancellation);
        }

        var canvas = config.Mine.Search == MiningSearch.View
            ? config.Canvas with { Enlargements = [] }
            : config.Canvas with { UpsampledShare = 0 };
        return miner.Mine(
            new CanvasSampler(sources, canvas, config.Seed + SeedOffset), most, path, stage, cancellation);
    }

    private static bool HasLandmarks(CanvasSource source) =>
        source.Folder.Pictures.Any(picture => picture.Faces.Any(face => face.Landmarks is not null));
}

/// <summary>Crops faces and non-faces with the trained stage 1 (Figure 3 of the paper).</summary>
internal sealed class RegionMiner
{
    private readonly MiningOptions options;
    private readonly RegionOptions regions;
    private readonly ulong seed;
    private readonly string? origin;
    private readonly int shardRegions;
    private readonly IProposalSource stage1;
    private readonly RegionLabeller labeller;
    private readonly ContextCropper cropper;

    /// <param name="options">Which proposals become RoIs.</param>
    /// <param name="regions">Sizes of the RoIs.</param>
    /// <param name="seed">Random seed.</param>
    /// <param name="stage1">Source of the proposals.</param>
    /// <param name="origin">Identity of all that RoIs depend on: equal shards are continued; null: none.</param>
    /// <param name="shardRegions">Number of RoIs from which a shard is closed.</param>
    public RegionMiner(
        MiningOptions options, RegionOptions regions, ulong seed, IProposalSource stage1, string? origin = null,
        int shardRegions = RegionFormat.ShardRegions)
    {
        (this.origin, this.shardRegions) = (origin, shardRegions);
        (this.options, this.regions, this.seed, this.stage1) = (options, regions, seed, stage1);
        labeller = new RegionLabeller(options);
        cropper = new ContextCropper(regions.ToContext(regions.NativeAbove));
    }

    /// <summary>Pseudo-labellers of canvases; null (the default): none.</summary>
    public CanvasDetectors? Detectors { get; init; }

    /// <summary>Whether RoIs are written with landmarks. Default false.</summary>
    public bool WithLandmarks { get; init; }

    /// <summary>Mines canvases into a file of RoIs.</summary>
    /// <param name="sampler">Makes the canvases.</param>
    /// <param name="canvases">Number of canvases.</param>
    /// <param name="path">File to write.</param>
    /// <param name="stage">Name of the stage in the progress.</param>
    /// <param name="cancellation">Stops after the current canvas; only complete shards are kept.</param>
    /// <returns>False when stopped.</returns>
    public bool Mine(CanvasSampler sampler, int canvases, string path, string stage, CancellationToken cancellation) =>
        Mine(index => sampler.Sample(index, withHighResolution: true), canvases, path, stage, cancellation);

    /// <summary>Mines whole images into a file of RoIs.</summary>
    /// <param name="pictures">The images.</param>
    /// <param name="path">File to write.</param>
    /// <param name="stage">Name of the stage in the progress.</param>
    /// <param name="cancellation">Stops after the current image; only complete shards are kept.</param>
    /// <returns>False when stopped.</returns>
    public bool Mine(WholePictures pictures, string path, string stage, CancellationToken cancellation) =>
        Mine(pictures.Read, pictures.Count, path, stage, cancellation);

    private bool Mine(
        Func<long, TrainingCanvas> make, int canvases, string path, string stage, CancellationToken cancellation)
    {
        using var writer = new RegionFileWriter(
            path, regions.LowResolution, regions.HighResolution, origin, shardRegions, WithLandmarks);
        var begun = writer.NextCanvas;
        using var progress = new TrainingProgress(stage, canvases, begun) { Smoothing = 1 };
        using var mined = new Prefetcher<RegionSample[]>(index => Mine(make(index), index), begun, options.Workers);
        for (var i = begun; i < canvases; i++)
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }

            Array.ForEach(mined.Next(CancellationToken.None), writer.Add);
            writer.EndCanvas();

            progress.Report(
                i + 1, new Dictionary<string, double> { ["regions"] = writer.Count, ["faces"] = writer.Faces }, 1);
        }

        writer.Finish();
        return true;
    }

    private RegionSample[] Mine(TrainingCanvas canvas, long index)
    {
        var random = new SampleRandom(seed ^ 0x9E3779B97F4A7C15, index);
        var proposals = stage1.Propose(canvas.Degraded, canvas.Name);
        var seen = Detectors is null
            ? null
            : new SeenFaces(canvas.Faces, canvas.SeenBy(Detectors.Detect), options.Detectors!.UnseenFace);
        return [.. labeller.Label(canvas, proposals, random, seen)
            .Select(region => Crop(canvas, region))];
    }

    private RegionSample Crop(TrainingCanvas canvas, LabelledRegion region)
    {
        var native = cropper.IsNative(region.Box);
        if (canvas.HighResolution is not { } original)
        {
            // A whole image is its own high-resolution original.
            var high = cropper.Crop(canvas.Degraded, region.Box, regions.HighResolution);
            var low = Resampler.Resize(high, regions.LowResolution, regions.LowResolution);
            return new RegionSample(
                low, high, region.IsFace, region.Logit, region.IoU, region.Box.LongerSide, region.Delta, native)
            {
                Chance = region.Chance,
                Landmarks = region.Landmarks,
            };
        }

        // The window of the degraded canvas, because the context factor depends on the face's size there.
        var window = cropper.Window(region.Box).Scale((float)original.Width / canvas.Degraded.Width);
        return new RegionSample(
            cropper.Crop(canvas.Degraded, region.Box, regions.LowResolution),
            native
                ? cropper.Crop(canvas.Degraded, region.Box, regions.HighResolution)
                : Resampler.Crop(original, window, regions.HighResolution, regions.HighResolution),
            region.IsFace, region.Logit, region.IoU, region.Box.LongerSide, region.Delta, native)
        {
            Chance = region.Chance,
            Landmarks = region.Landmarks,
        };
    }
}
