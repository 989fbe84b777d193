using System.ComponentModel.DataAnnotations;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Networks;

/// <summary>Shape of the generator (the paper's Table 1); the defaults are the paper's widths.</summary>
internal sealed record GeneratorOptions
{
    private const string NoStatistics = "must be batch or none; frozen needs pretrained statistics";

    /// <summary>Channels of G1 before its de-convolutions.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 64;

    /// <summary>Channels of G1's two de-convolutions, each of which doubles the size.</summary>
    [Range(1, int.MaxValue)]
    public int UpsampleWidth { get; init; } = 256;

    /// <summary>Residual blocks of two convolutions in G1: the paper's "x8" convolutions are 4 blocks.</summary>
    [Range(0, int.MaxValue)]
    public int Blocks { get; init; } = 4;

    /// <summary>Channels of G2 up to its last layers.</summary>
    [Range(1, int.MaxValue)]
    public int RefinementWidth { get; init; } = 64;

    /// <summary>Channels of G2's two wide layers before the output.</summary>
    [Range(1, int.MaxValue)]
    public int RefinementTailWidth { get; init; } = 256;

    /// <summary>Residual blocks of two convolutions in G2.</summary>
    [Range(0, int.MaxValue)]
    public int RefinementBlocks { get; init; } = 4;

    /// <summary>Each sub-network predicts a residual to its (enlarged) input; faster, not in the paper.</summary>
    public bool InputSkip { get; init; } = true;

    /// <summary>Run G2. Without it the generator's result is G1's (Table 2, "w/o Refinement Network").</summary>
    public bool Refinement { get; init; } = true;

    /// <summary>Normalisation of every layer but the last of a sub-network; batch in the paper.</summary>
    [AllowedValues(NormMode.Batch, NormMode.None, ErrorMessage = NoStatistics)]
    public NormMode Norm { get; init; } = NormMode.Batch;
}

/// <summary>The generator G_w: from a low-resolution RoI, G1's 4x enlargement and G2's refinement.</summary>
internal sealed class GeneratorNetwork : Module<Tensor, GeneratorOutput>
{
    /// <summary>Enlargement of the generator, fixed by its two de-convolutions.</summary>
    public const int Factor = 4;

    private readonly UpsampleNetwork upsample;
    private readonly RefinementNetwork? refine;

    public GeneratorNetwork(GeneratorOptions options)
        : base("generator")
    {
        Options = options;
        upsample = new UpsampleNetwork(options);
        refine = options.Refinement ? new RefinementNetwork(options) : null;
        RegisterComponents();
    }

    public GeneratorOptions Options { get; }

    public UpsampleNetwork Upsample => upsample;

    public RefinementNetwork? Refine => refine;

    public override GeneratorOutput forward(Tensor input)
    {
        var upsampled = upsample.forward(input);
        return new GeneratorOutput(upsampled, refine?.forward(upsampled) ?? upsampled);
    }
}

/// <summary>Both images of the generator, N x 3 x 4L x 4L, RGB about [-1, 1] but not clamped.</summary>
/// <param name="Upsampled">G1(low).</param>
/// <param name="Refined">G2(G1(low)); the same tensor as <paramref name="Upsampled"/> without refinement.</param>
internal sealed record GeneratorOutput(Tensor Upsampled, Tensor Refined);

/// <summary>G1: conv, residual blocks, conv, two de-convolutions of 2x each, 1x1 to RGB.</summary>
internal sealed class UpsampleNetwork : ResidualNetwork
{
    private readonly ConvNorm up1;
    private readonly ConvNorm up2;
    private readonly ConvNorm output;
    private readonly bool inputSkip;

    public UpsampleNetwork(GeneratorOptions options)
        : base("upsample", options.Width, options.Blocks, options.Norm)
    {
        inputSkip = options.InputSkip;
        up1 = new ConvNorm("up1", options.Width, options.UpsampleWidth, 3, 2, options.Norm, transposed: true);
        up2 = new ConvNorm("up2", options.UpsampleWidth, options.UpsampleWidth, 3, 2, options.Norm, transposed: true);
        output = new ConvNorm("output", options.UpsampleWidth, 3, 1, 1, NormMode.None, relu: false);
        RegisterComponents();
        InitialiseGaussian();
    }

    public ConvNorm Up1 => up1;

    public ConvNorm Up2 => up2;

    public ConvNorm Output => output;

    public override Tensor forward(Tensor input)
    {
        var x = output.forward(up2.forward(up1.forward(Features(input)))).Widen();
        return inputSkip ? x.Add(Enlarge(input)) : x;
    }

    /// <summary>Bicubic enlargement by 4, the image that G1 corrects.</summary>
    public static Tensor Enlarge(Tensor low) => functional.interpolate(
        low, scale_factor: [GeneratorNetwork.Factor, GeneratorNetwork.Factor], mode: InterpolationMode.Bicubic,
        align_corners: false);
}

/// <summary>G2: conv, residual blocks, conv, two wide convolutions, 3x3 to RGB, all at the high resolution.</summary>
internal sealed class RefinementNetwork : ResidualNetwork
{
    private readonly ConvNorm wide1;
    private readonly ConvNorm wide2;
    private readonly ConvNorm output;
    private readonly bool inputSkip;

    public RefinementNetwork(GeneratorOptions options)
        : base("refine", options.RefinementWidth, options.RefinementBlocks, options.Norm)
    {
        inputSkip = options.InputSkip;
        wide1 = new ConvNorm("wide1", options.RefinementWidth, options.RefinementTailWidth, 3, 1, options.Norm);
        wide2 = new ConvNorm("wide2", options.RefinementTailWidth, options.RefinementTailWidth, 3, 1, options.Norm);
        output = new ConvNorm("output", options.RefinementTailWidth, 3, 3, 1, NormMode.None, relu: false);
        RegisterComponents();
        InitialiseGaussian();
    }

    public ConvNorm Wide1 => wide1;

    public ConvNorm Wide2 => wide2;

    public ConvNorm Output => output;

    public override Tensor forward(Tensor input)
    {
        var x = output.forward(wide2.forward(wide1.forward(Features(input)))).Widen();
        return inputSkip ? x.Add(input) : x;
    }
}
