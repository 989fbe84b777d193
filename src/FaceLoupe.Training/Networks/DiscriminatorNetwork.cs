using System.Text.Json.Serialization;
using FaceLoupe.Training.Configuration;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Networks;

/// <summary>Shape of the discriminator (the paper's sections 3.3 and 4.2).</summary>
internal sealed record DiscriminatorOptions : IValidated
{
    /// <summary>
    /// The trunk: ResNet-50 without the stem's max-pool, so that a region of 48 px still leaves 3x3 cells.
    /// </summary>
    public ResNetOptions Trunk { get; init; } = new() { StemMaxPool = false };

    /// <summary>
    /// A VGG as trunk instead, the paper's before its extension (Table 2, "Ours"); null (the default): <see
    /// cref="Trunk"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VggOptions? Vgg { get; init; }

    /// <summary>Deviation of the Gaussian start of the three fully connected layers.</summary>
    public double HeadDeviation { get; init; } = 0.1;

    public IEnumerable<string> Faults()
    {
        if (HeadDeviation <= 0)
        {
            yield return $"headDeviation must be above 0, {HeadDeviation} was given";
        }
    }
}

/// <summary>D: real or generated, face or not, and the box delta, from one high-resolution region.</summary>
internal sealed class DiscriminatorNetwork : Module<Tensor, DiscriminatorOutput>
{
    private readonly FeatureTrunk trunk;
    private readonly Linear real;
    private readonly Linear face;
    private readonly Linear delta;

    public DiscriminatorNetwork(DiscriminatorOptions options)
        : base("discriminator")
    {
        Options = options;
        trunk = options.Vgg is { } vgg ? new VggTrunk("trunk", vgg) : new ResNetTrunk("trunk", options.Trunk);
        real = Linear(trunk.OutChannels, 1);
        face = Linear(trunk.OutChannels, 1);
        delta = Linear(trunk.OutChannels, 4);
        RegisterComponents();
        using var noGrad = no_grad();
        foreach (var head in Heads)
        {
            init.normal_(head.weight!, 0, options.HeadDeviation);
            init.zeros_(head.bias!);
        }
    }

    public DiscriminatorOptions Options { get; }

    /// <summary>The trunk, whatever its kind.</summary>
    public FeatureTrunk Features => trunk;

    /// <summary>
    /// The trunk where it is a ResNet, which alone has pretrained weights and parts in common with MB-FCN.
    /// </summary>
    /// <exception cref="FaceLoupeException">It is a VGG.</exception>
    public ResNetTrunk Trunk => trunk as ResNetTrunk ?? throw new FaceLoupeException(
        "discriminatorNetwork.vgg: a VGG begins neither with another network's trunk nor as a part of a teacher; set it "
        + "to null, or drop gan.trunkFromProposals and gan.teacher.cut.");

    /// <summary>fc_GAN, fc_cls and fc_reg, in this order.</summary>
    public IReadOnlyList<Linear> Heads => [real, face, delta];

    /// <summary>Makes the regression branch answer "stay": what it started with would shift boxes at random.</summary>
    public void SilenceRegression()
    {
        using var noGrad = no_grad();
        init.zeros_(delta.weight!);
        init.zeros_(delta.bias!);
    }

    public override DiscriminatorOutput forward(Tensor input) => Judge(trunk.forward(input));

    /// <summary>What the heads make of the trunk's stages.</summary>
    public DiscriminatorOutput Judge(Tensor[] stages)
    {
        var feature = stages[^1].Widen().mean([2, 3]);
        MacCounter.Add(6 * feature.shape[0] * feature.shape[1]);
        return new DiscriminatorOutput(real.forward(feature), face.forward(feature), delta.forward(feature));
    }
}

/// <summary>The discriminator output for N RoIs.</summary>
/// <param name="Real">Logit of being a real high-resolution picture, N x 1.</param>
/// <param name="Face">Logit of being a face, N x 1.</param>
/// <param name="Delta">Box delta, N x 4, as in <see cref="Geometry.BoxDelta"/>.</param>
internal sealed record DiscriminatorOutput(Tensor Real, Tensor Face, Tensor Delta);
