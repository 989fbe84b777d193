using System.Text.Json;
using FaceLoupe.Training.Stages.Options;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Paper;

/// <summary>The paper's experiments at a fraction of their size.</summary>
internal static class PaperScale
{
    /// <summary>Up to this scale, networks are narrow and canvases small: it only shows that all stages run.</summary>
    public const double Rehearsal = 0.01;

    private const int ValidationPictures = 3226; // 4.1: 10% of 32,203

    private static readonly string[] NarrowNetworks =
    [
        "canvas.size=128", "canvas.maxFace=100",
        "proposalNetwork.trunk.width=4", "proposalNetwork.trunk.blocks=[1,1,1]",
        "proposalNetwork.trunk.pretrained=false", "proposalNetwork.skipWidth=4", "proposalNetwork.headWidth=4",
        "generatorNetwork.width=4", "generatorNetwork.upsampleWidth=4", "generatorNetwork.blocks=1",
        "generatorNetwork.refinementWidth=4", "generatorNetwork.refinementTailWidth=4",
        "generatorNetwork.refinementBlocks=1",
        "discriminatorNetwork.trunk.width=4", "discriminatorNetwork.trunk.blocks=[1,1,1]",
        "discriminatorNetwork.trunk.pretrained=false",
        "proposals.batchSize=4", "generator.batchSize=8", "gan.batchSize=8",
        "mine.jitteredFaces=1", // stage 1 may find no face after so few steps
    ];

    /// <summary>Overrides of a preset, as for --set.</summary>
    /// <param name="scale">The share of its steps and images, above 0; 1: all.</param>
    /// <param name="preset">The preset.</param>
    public static IReadOnlyList<string> Overrides(double scale, TrainingConfig preset) => scale == 1 ? [] :
    [
        .. Loop("proposals", preset.Proposals, scale),
        .. Loop("generator", preset.Generator, scale),
        .. Loop("gan", preset.Gan, scale),
        Set("proposals.validationCanvases", Part(preset.Proposals.ValidationCanvases, scale, 2)),
        Set("generator.validationRegions", Part(preset.Generator.ValidationRegions, scale, 8)),
        Set("gan.validationRegions", Part(preset.Gan.ValidationRegions, scale, 8)),
        Set("mine.canvases", Part(preset.Mine.Canvases, scale, 2)),
        Set("mine.validationCanvases", Part(preset.Mine.ValidationCanvases, scale, 2)),
        Set("ablation.maxPictures", Pictures(scale)),
        .. scale <= Rehearsal ? NarrowNetworks : [],
    ];

    /// <summary>Number of validation images.</summary>
    public static long Pictures(double scale) => Part(ValidationPictures, scale, 2);

    private static IEnumerable<string> Loop(string stage, LoopOptions options, double scale)
    {
        var steps = Part(options.Steps, scale, 4);
        yield return Set($"{stage}.steps", steps);
        yield return Set($"{stage}.checkpointEvery", Math.Min(options.CheckpointEvery, steps));
        yield return Set($"{stage}.sheetEvery", Math.Min(options.SheetEvery, steps));
        yield return Set($"{stage}.learningRate.warmUpSteps", (long)(options.LearningRate.WarmUpSteps * scale));
        yield return Set($"{stage}.learningRate.dropAt",
            options.LearningRate.DropAt.Select(step => Part(step, scale, 1)));
    }

    private static long Part(long whole, double scale, long least) => Math.Max(least, (long)Math.Round(whole * scale));

    private static string Set<T>(string key, T value) => $"{key}={JsonSerializer.Serialize(value)}";
}
