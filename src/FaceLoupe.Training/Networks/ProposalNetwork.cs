using System.ComponentModel.DataAnnotations;
using FaceLoupe.Models;
using FaceLoupe.Validation;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Networks;

/// <summary>Shape of the multi-branch fully convolutional baseline detector (the paper's section 3.1).</summary>
internal sealed record ProposalNetworkOptions : IValidatableObject
{
    /// <summary>The shared trunk. Three stages reach stride 16.</summary>
    public ResNetOptions Trunk { get; init; } = new() { Blocks = [3, 4, 6], FrozenStages = 1 };

    /// <summary>The K branches, each for faces of certain sizes.</summary>
    [MinLength(1, ErrorMessage = "must name at least one branch")]
    public IReadOnlyList<ProposalBranchOptions> Branches { get; init; } =
    [
        new() { Stride = 4, AnchorSizes = [8, 11.3f, 16, 22.6f] },
        new() { Stride = 8, AnchorSizes = [32, 45.3f, 64, 90.5f] },
        new() { Stride = 16, AnchorSizes = [128, 181, 256, 362, 512] },
    ];

    /// <summary>Channels of a branch after its skip connections.</summary>
    [Range(1, int.MaxValue)]
    public int SkipWidth { get; init; } = 128;

    /// <summary>Channels of the lower-dimensional feature before the two sibling layers.</summary>
    [Range(1, int.MaxValue)]
    public int HeadWidth { get; init; } = 64;

    /// <summary>Kernel of the layer after the skip connections; 1 in the paper, 3 adds context. Default 3.</summary>
    [AllowedValues(1, 3, 5)]
    public int ContextKernel { get; init; } = 3;

    /// <summary>
    /// By how much the trunk's input is smaller than the image in whose pixels strides and anchors are given, 1 (the
    /// default) or 2. With 2 there is no max-pool in the stem, so that cells stay in place and images need not be
    /// enlarged twofold to find a face of 4 px: a cheaper stem for compact networks. In training the canvas is averaged
    /// down; an exported network has halved strides and anchors instead.
    /// </summary>
    [AllowedValues(1, 2)]
    public int Shrink { get; init; } = 1;

    /// <summary>Sides of an image must be multiples of this, px: the stride of the trunk's last stage.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int SizeMultiple => ProposalBranch.StageStride(Trunk.Blocks.Count);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Shrink is 1 or 2 && Trunk.StemMaxPool != (Shrink == 1))
        {
            yield return new(Shrink == 1
                ? "trunk.stemMaxPool must be true: the strides of the branches count on it"
                : "trunk.stemMaxPool must be false with shrink 2: the strides of the branches count on it");
        }

        if (Branches.DistinctBy(b => b.Stride).Count() < Branches.Count)
        {
            yield return new("branches: two branches have the same stride; give one all of their anchors");
        }

        foreach (var branch in Branches.Where(b => b.Stride > SizeMultiple))
        {
            yield return new($"branches: stride {branch.Stride} must be reached by the trunk");
        }
    }

    /// <summary>The manifest section of the exported network, in pixels of its own input.</summary>
    /// <param name="sha256">Hash of its file.</param>
    public ProposalSection ToSection(string sha256) => new()
    {
        Sha256 = sha256,
        SizeMultiple = SizeMultiple / Shrink,
        Branches = [.. Branches.Select(branch => branch.ToSection(Shrink))],
    };
}

/// <summary>One branch: its stride and the square anchors at every cell.</summary>
internal sealed record ProposalBranchOptions
{
    /// <summary>Pixels between two cells: 4, 8, 16 or 32.</summary>
    [AllowedValues(4, 8, 16, 32)]
    public int Stride { get; init; } = 8;

    /// <summary>Sides of the square anchors, px.</summary>
    [MinLength(1), Each(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public IReadOnlyList<float> AnchorSizes { get; init; } = [];

    /// <summary>The manifest section of the branch.</summary>
    /// <param name="shrink">See <see cref="ProposalNetworkOptions.Shrink"/>. Default 1.</param>
    public BranchSection ToSection(int shrink = 1) => new()
    {
        Stride = Stride / shrink,
        AnchorSizes = [.. AnchorSizes.Select(size => size / shrink)],
        Scores = $"scores_s{Stride / shrink}",
        Deltas = $"deltas_s{Stride / shrink}",
    };
}

/// <summary>MB-FCN: a ResNet trunk, skip connections to K branches, a score and a box delta per anchor.</summary>
internal sealed class ProposalNetwork : Module<Tensor, ProposalOutput[]>
{
    private readonly ResNetTrunk trunk;
    private readonly ModuleList<ProposalBranch> branches = new();
    private bool isTrunkFrozen;

    public ProposalNetwork(ProposalNetworkOptions options)
        : base("proposals")
    {
        Options = options;
        trunk = new ResNetTrunk("trunk", options.Trunk);
        foreach (var branch in options.Branches)
        {
            branches.Add(new ProposalBranch(branch, options));
        }

        RegisterComponents();
    }

    public ProposalNetworkOptions Options { get; }

    public ResNetTrunk Trunk => trunk;

    public IReadOnlyList<ProposalBranch> Branches => [.. branches];

    /// <summary>Freezes the stages of the trunk that its options name, or all of it with its statistics.</summary>
    public void Freeze(bool wholeTrunk)
    {
        trunk.Freeze();
        isTrunkFrozen = wholeTrunk;
        if (wholeTrunk)
        {
            trunk.eval();
            foreach (var weight in trunk.parameters())
            {
                weight.requires_grad = false;
            }
        }
    }

    public override void train(bool on = true)
    {
        base.train(on);
        if (isTrunkFrozen)
        {
            trunk.train(false);
        }
    }

    public override ProposalOutput[] forward(Tensor input) => Branch(Stages(input));

    /// <summary>The exported part: runs on images that are already shrunk.</summary>
    public ProposalOutput[] ForwardShrunk(Tensor shrunk) => Branch(trunk.forward(shrunk));

    /// <summary>The outputs of the trunk's stages.</summary>
    public Tensor[] Stages(Tensor input) => trunk.forward(Shrink(input));

    /// <summary>Canvases as the trunk gets them.</summary>
    internal Tensor Shrink(Tensor canvases) =>
        Options.Shrink == 1 ? canvases : functional.avg_pool2d(canvases, Options.Shrink, Options.Shrink);

    /// <summary>The branches' outputs for the trunk's stages.</summary>
    public ProposalOutput[] Branch(Tensor[] stages) => [.. branches.Select(branch => branch.forward(stages))];
}

/// <summary>Raw output of one branch.</summary>
/// <param name="Scores">Logits, N x A x H/s x W/s.</param>
/// <param name="Deltas">Box deltas, N x 4A x H/s x W/s; channels 4a to 4a + 3 belong to anchor a.</param>
internal sealed record ProposalOutput(Tensor Scores, Tensor Deltas);

/// <summary>Skip connections from every stage, resampled and added, then the two sibling heads.</summary>
internal sealed class ProposalBranch : Module<Tensor[], ProposalOutput>
{
    private readonly ModuleList<ConvNorm> laterals = new();
    private readonly ConvNorm mix;
    private readonly ConvNorm reduce;
    private readonly ConvNorm scores;
    private readonly ConvNorm deltas;

    public ProposalBranch(ProposalBranchOptions branch, ProposalNetworkOptions options)
        : base($"branch{branch.Stride}")
    {
        Stride = branch.Stride;
        for (var stage = 1; stage <= options.Trunk.Blocks.Count; stage++)
        {
            laterals.Add(new ConvNorm(
                $"lateral{stage}", options.Trunk.OutChannels(stage), options.SkipWidth, 1, 1, NormMode.None,
                relu: false));
        }

        var anchors = branch.AnchorSizes.Count;
        mix = new ConvNorm("mix", options.SkipWidth, options.SkipWidth, options.ContextKernel, 1, NormMode.None);
        reduce = new ConvNorm("reduce", options.SkipWidth, options.HeadWidth, 1, 1, NormMode.None);
        scores = new ConvNorm("scores", options.HeadWidth, anchors, 1, 1, NormMode.None, relu: false);
        deltas = new ConvNorm("deltas", options.HeadWidth, 4 * anchors, 1, 1, NormMode.None, relu: false);
        RegisterComponents();
        foreach (var layer in laterals.Append(mix).Append(reduce))
        {
            layer.InitialiseHe();
        }

        scores.InitialiseNormal(0.01);
        deltas.InitialiseNormal(0.01);
        using var noGrad = no_grad();
        using Scalar few = -2;
        scores.Bias.fill_(few); // few anchors are faces
    }

    public int Stride { get; }

    public IReadOnlyList<ConvNorm> Laterals => [.. laterals];

    public ConvNorm Mix => mix;

    public ConvNorm Reduce => reduce;

    public ConvNorm Scores => scores;

    public ConvNorm Deltas => deltas;

    /// <summary>Stride of a trunk stage, 1-based: 4, 8, 16, 32.</summary>
    public static int StageStride(int stage) => 2 << stage;

    public override ProposalOutput forward(Tensor[] input)
    {
        var feature = reduce.forward(mix.forward(Gather(input)));
        return new ProposalOutput(scores.forward(feature).Widen(), deltas.forward(feature).Widen());
    }

    /// <summary>What the skip connection of a stage, from 0, gets.</summary>
    internal Tensor Enter(Tensor[] stages, int stage)
    {
        var ratio = Stride / StageStride(stage + 1);
        return ratio > 1 ? functional.max_pool2d(stages[stage], ratio, ratio) : stages[stage];
    }

    /// <summary>The skip connections, resampled and added.</summary>
    internal Tensor Gather(Tensor[] input)
    {
        Tensor? sum = null;
        for (var i = 0; i < input.Length; i++)
        {
            var (skip, ratio) = (laterals[i].forward(Enter(input, i)), StageStride(i + 1) / Stride);
            if (ratio > 1)
            {
                skip = functional.interpolate(skip, scale_factor: [ratio, ratio], mode: InterpolationMode.Nearest);
            }

            sum = sum is null ? skip : sum.AddInPlace(skip);
        }

        return sum!.relu_();
    }
}
