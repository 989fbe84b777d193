using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Optimisation;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Samples.Layout;
using FaceLoupe.Training.Stages;
using FaceLoupe.Training.Stages.Options;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Tests;

/// <summary>Options of a training of 4 channels on canvases of 64 px and RoIs of 8.</summary>
internal static class TinyConfig
{
    public static ResNetOptions Trunk { get; } = new() { Width = 4, Blocks = [1, 1, 1], Pretrained = false };

    public static ProposalNetworkOptions Proposals { get; } = new()
    {
        Trunk = Trunk with { FrozenStages = 1 },
        Branches =
        [
            new() { Stride = 4, AnchorSizes = [8, 12, 18] },
            new() { Stride = 8, AnchorSizes = [26, 38] },
            new() { Stride = 16, AnchorSizes = [56] },
        ],
        SkipWidth = 4,
        HeadWidth = 4,
    };

    /// <summary>The same for images of half the size.</summary>
    public static ProposalNetworkOptions ShrinkingProposals { get; } = Proposals with
    {
        Shrink = 2, Trunk = Proposals.Trunk with { StemMaxPool = false, StemKernel = 3 },
    };

    public static GeneratorOptions Generator { get; } = new()
    {
        Width = 4, UpsampleWidth = 4, Blocks = 1, RefinementWidth = 4, RefinementTailWidth = 4, RefinementBlocks = 1,
    };

    public static DiscriminatorOptions Discriminator { get; } = new()
    {
        Trunk = Trunk with { StemMaxPool = false, Norm = NormMode.Batch },
    };

    /// <param name="steps">Of every stage.</param>
    /// <param name="batchSize">Of every stage.</param>
    /// <param name="rate">Learning rate of every stage.</param>
    /// <param name="every">Steps between two checkpoints and between two contact sheets with a validation.</param>
    public static TrainingConfig Create(long steps = 4, int batchSize = 2, double rate = 3e-3, long every = 1000)
    {
        var learningRate = new LearningRateSchedule { Rate = rate };
        return new()
        {
            Name = "tiny",
            Canvas = new CanvasOptions { Size = 64, MinFace = 10, MaxFace = 40 },
            Regions = new RegionOptions { LowResolution = 8 },
            ProposalNetwork = Proposals,
            GeneratorNetwork = Generator,
            DiscriminatorNetwork = Discriminator,
            Proposals = new ProposalStageOptions
            {
                Steps = steps,
                BatchSize = batchSize,
                LearningRate = learningRate,
                MetricsEvery = 1,
                CheckpointEvery = every,
                ValidationCanvases = 3,
                ValidateEvery = every,
            },
            Generator = new GeneratorStageOptions
            {
                Steps = steps,
                BatchSize = batchSize,
                LearningRate = learningRate,
                MetricsEvery = 1,
                CheckpointEvery = every,
                SheetEvery = every,
                ValidationRegions = 4,
            },
            Gan = new GanStageOptions
            {
                Steps = steps,
                BatchSize = batchSize,
                LearningRate = learningRate,
                MetricsEvery = 1,
                CheckpointEvery = every,
                SheetEvery = every,
                ValidationRegions = 4,
            },
        };
    }
}
