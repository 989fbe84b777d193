using System.CommandLine;
using FaceLoupe.Proposals;
using FaceLoupe.Training.Export;
using FaceLoupe.Training.Mining;
using FaceLoupe.Training.Samples;
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
        using var network = config.Mine.Search == MiningSearch.View ? context.Training.LoadProposals() : null;
        using var planned = network is null ? new PlannedProposals(context.Training, config) : null;
        var miner = new RegionMiner(
            config.Mine, config.Regions, config.Seed, planned ?? (IProposalSource)new ViewProposals(config.Mine, network!, context.Device));
        var canvas = planned is null ? config.Canvas : config.Canvas with { UpsampledShare = 0 };
        var sampler = new CanvasSampler(Sources.Open(config.Data, "data"), canvas, config.Seed + SeedOffset);
        var finished = miner.Mine(
            sampler, config.Mine.Canvases, context.Training.TrainingRegions, "mine", cancellation);
        if (finished && WantsValidation(config))
        {
            var pictures = Sources.Open(config.ValidationData, "validationData");
            sampler = new CanvasSampler(pictures, canvas, config.Seed + SeedOffset);
            miner.Mine(
                sampler, config.Mine.ValidationCanvases, context.Training.ValidationRegions, "mine validation", cancellation);
        }
    }

    /// <summary>Whether validation regions are mined too.</summary>
    public static bool WantsValidation(TrainingConfig config) =>
        config.ValidationData.Count > 0 && config.Mine.ValidationCanvases > 0;
}
