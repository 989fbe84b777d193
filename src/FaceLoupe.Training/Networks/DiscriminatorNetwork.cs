using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FaceLoupe.Geometry;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Networks;

/// <summary>Shape of the discriminator (the paper's sections 3.3 and 4.2).</summary>
internal sealed record DiscriminatorOptions
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
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double HeadDeviation { get; init; } = 0.1;

    /// <summary>
    /// Cells across and down of the trunk's last map that a fourth head looks at to find five landmarks of a face; the
    /// map's side must be a multiple of it. Default 0: no such head, as in the paper.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [Range(0, 16)]
    public int LandmarkCells { get; init; }

    /// <summary>Side of the trunk's last map.</summary>
    /// <param name="highResolution">Side of the input, px.</param>
    public int MapSide(int highResolution)
    {
        // Stem, max-pool and every stage but the first halve it, rounded up.
        var halvings = Trunk.Blocks.Count + (Trunk.StemMaxPool ? 1 : 0);
        return (highResolution + (1 << halvings) - 1) >> halvings;
    }
}

/// <summary>D: real or generated, face or not, and the box delta, from one high-resolution region.</summary>
internal sealed class DiscriminatorNetwork : Module<Tensor, DiscriminatorOutput>
{
    private readonly FeatureTrunk trunk;
    private readonly Linear real;
    private readonly Linear face;
    private readonly Linear delta;
    private readonly Linear? landmarks;

    public DiscriminatorNetwork(DiscriminatorOptions options)
        : base("discriminator")
    {
        Options = options;
        trunk = options.Vgg is { } vgg ? new VggTrunk("trunk", vgg) : new ResNetTrunk("trunk", options.Trunk);
        real = Linear(trunk.OutChannels, 1);
        face = Linear(trunk.OutChannels, 1);
        delta = Linear(trunk.OutChannels, 4);
        landmarks = options.LandmarkCells > 0
            ? Linear(trunk.OutChannels * options.LandmarkCells * options.LandmarkCells, 2 * FaceLandmarks.Count)
            : null;
        RegisterComponents();
        using var noGrad = no_grad();
        foreach (var head in Heads)
        {
            init.normal_(head.weight!, 0, options.HeadDeviation);
            init.zeros_(head.bias!);
        }

        if (landmarks is not null)
        {
            // From the centre of the box, whatever is seen: a random start would only have to be unlearnt.
            init.zeros_(landmarks.weight!);
            init.zeros_(landmarks.bias!);
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
        "discriminatorNetwork.vgg: a VGG begins neither with another network's trunk nor as a part of a teacher; set "
        + "it to null, or drop gan.trunkFromProposals and gan.teacher.cut.");

    /// <summary>fc_GAN, fc_cls and fc_reg, in this order.</summary>
    public IReadOnlyList<Linear> Heads => [real, face, delta];

    /// <summary>
    /// The head of the landmarks, on the map before its mean is taken: in a mean, where something lies is lost. Null:
    /// none.
    /// </summary>
    public Linear? LandmarkHead => landmarks;

    /// <summary>Makes the regression branch answer "stay": what it started with would move boxes at random.</summary>
    public void SilenceRegression()
    {
        using var noGrad = no_grad();
        init.zeros_(delta.weight!);
        init.zeros_(delta.bias!);
    }

    public override DiscriminatorOutput forward(Tensor input) => Classify(trunk.forward(input));

    /// <summary>What the heads make of the trunk's stages.</summary>
    public DiscriminatorOutput Classify(Tensor[] stages)
    {
        var map = stages[^1].Widen();
        var feature = map.mean([2, 3]);
        MacCounter.Add(6 * feature.shape[0] * feature.shape[1]);
        return new DiscriminatorOutput(real.forward(feature), face.forward(feature), delta.forward(feature))
        {
            Landmarks = landmarks is null ? null : Locate(map),
        };
    }

    private Tensor Locate(Tensor map)
    {
        var pooled = map.shape[2] / Options.LandmarkCells;
        var cells = (pooled > 1 ? functional.avg_pool2d(map, pooled) : map).flatten(1);
        MacCounter.Add(2 * FaceLandmarks.Count * cells.shape[0] * cells.shape[1]);
        return landmarks!.forward(cells);
    }
}

/// <summary>The discriminator output for N RoIs.</summary>
/// <param name="Real">Logit of being a real high-resolution image, N x 1.</param>
/// <param name="Face">Logit of being a face, N x 1.</param>
/// <param name="Delta">Box delta, N x 4, as in <see cref="Geometry.BoxDelta"/>.</param>
internal sealed record DiscriminatorOutput(Tensor Real, Tensor Face, Tensor Delta)
{
    /// <summary>
    /// Landmarks, N x 10, from the centre of the proposal in tenths of its sides; null if the network has no such
    /// head.
    /// </summary>
    public Tensor? Landmarks { get; init; }
}
