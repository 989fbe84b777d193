using System.Globalization;
using System.Text.Json.Serialization;
using FaceLoupe.Training.Samples.Augmentation;

namespace FaceLoupe.Training.Samples.Layout;

/// <summary>How training canvases are laid out, lit and degraded. Every chance is a probability from 0 to 1.</summary>
internal sealed record CanvasOptions
{
    /// <summary>Side of the degraded canvas in px; even, 32 to 4096. Default 256.</summary>
    public int Size { get; init; } = 256;

    /// <summary>Side of the sharp view over the degraded one; a multiple of 0.5, 0.5 to 16. Default 4.</summary>
    public double SharpFactor { get; init; } = 4;

    /// <summary>Weight of canvases about one picture around one of its faces. Default 0.5.</summary>
    public double SingleWeight { get; init; } = 0.5;

    /// <summary>Weight of canvases tiled with many shrunk pictures. Default 0.4.</summary>
    public double CrowdWeight { get; init; } = 0.4;

    /// <summary>Weight of canvases without a face, used when a source has none. Default 0.1.</summary>
    public double NegativeWeight { get; init; } = 0.1;

    /// <summary>Smallest longer side in px that a single canvas gives its chosen face. Default 6.</summary>
    public double MinFace { get; init; } = 6;

    /// <summary>Largest longer side in px that a single canvas gives its chosen face. Default 140.</summary>
    public double MaxFace { get; init; } = 140;

    /// <summary>
    /// Exponent on the uniform draw between log MinFace and log MaxFace: above 1 favours small. Default 1.4 (half of
    /// them below 20 px).
    /// </summary>
    public double SmallBias { get; init; } = 1.4;

    /// <summary>Largest enlargement of an original in the degraded canvas. Default 2.</summary>
    public double MaxEnlargement { get; init; } = 2;

    /// <summary>Smallest factor by which a crowd shrinks its pictures. Default 2.</summary>
    public double MinCrowdShrink { get; init; } = 2;

    /// <summary>Largest factor by which a crowd shrinks its pictures. Default 8.</summary>
    public double MaxCrowdShrink { get; init; } = 8;

    /// <summary>
    /// Where a single picture does not reach, its canvas stays mid-grey, the networks' zero. Default false: a crowd fills
    /// it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Padded { get; init; }

    /// <summary>Chance that a crowd cell shows background without people. Default 0.1.</summary>
    public double CrowdBackgroundChance { get; init; } = 0.1;

    /// <summary>Faces with a shorter longer side (px) are ignored rather than learnt. Default 5.</summary>
    public double IgnoreBelow { get; init; } = 5;

    /// <summary>Faces of which a smaller share of the box is visible are ignored. Default 0.6.</summary>
    public double MinVisible { get; init; } = 0.6;

    /// <summary>
    /// Chance that the canvas is made and degraded at half size, then enlarged x2 by bicubic, as detection does with
    /// pictures whose faces are tiny. Default 0.5.
    /// </summary>
    public double UpsampledShare { get; init; } = 0.5;

    /// <summary>
    /// On enlarged canvases <see cref="MinFace"/> and <see cref="IgnoreBelow"/> are multiplied and
    /// <see cref="MaxCrowdShrink"/> is divided by this, 1 to 2: a face there has half the pixels that its box says.
    /// Default 1.6 (nothing below 4 px of the picture before its enlargement is learnt).
    /// </summary>
    public double UpsampledMargin { get; init; } = 1.6;

    /// <summary>Chance of a left-right mirror image. Default 0.5.</summary>
    public double MirrorChance { get; init; } = 0.5;

    /// <summary>Chance that a canvas is turned about its centre. Default 0.</summary>
    public double RotationChance { get; init; }

    /// <summary>Largest angle of a turned canvas to either side, in degrees, 0 to 45. Default 25.</summary>
    public double MaxRotation { get; init; } = 25;

    /// <summary>Chance of a face that a part of the canvas from elsewhere covers one side of it. Default 0.</summary>
    public double OccluderChance { get; init; }

    /// <summary>Light and colour, the same in both views.</summary>
    public PhotometryOptions Photometry { get; init; } = new();

    /// <summary>Blur, noise and compression, of the degraded view only.</summary>
    public DegradationOptions Degradation { get; init; } = new();

    /// <summary>Memory for decoded pictures in MB; what does not fit is decoded every time. Default 2500.</summary>
    public int CacheMegabytes { get; init; } = 2500;

    /// <summary>These options with the sizes of a canvas that is enlarged x2 after its degradation.</summary>
    public CanvasOptions ForUpsampled() => this with
    {
        MinFace = Math.Min(MinFace * UpsampledMargin, MaxFace),
        IgnoreBelow = IgnoreBelow * UpsampledMargin,
        MaxCrowdShrink = Math.Max(MaxCrowdShrink / UpsampledMargin, MinCrowdShrink),
    };

    /// <summary>Throws with every fault in one line when an option is out of its range.</summary>
    /// <exception cref="FaceLoupeException">One option or more is out of range.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        void Want(bool fine, string name, object value, string wanted)
        {
            if (!fine)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}, wanted {wanted}"));
            }
        }

        Want(Size is >= 32 and <= 4096 && Size % 2 == 0, "size", Size, "an even number from 32 to 4096");
        Want(
            SharpFactor is >= 0.5 and <= 16 && SharpFactor * 2 == Math.Truncate(SharpFactor * 2),
            "sharpFactor", SharpFactor, "a multiple of 0.5 from 0.5 to 16");
        Want(SingleWeight >= 0, "singleWeight", SingleWeight, "0 or more");
        Want(CrowdWeight >= 0, "crowdWeight", CrowdWeight, "0 or more");
        Want(NegativeWeight >= 0, "negativeWeight", NegativeWeight, "0 or more");
        Want(
            SingleWeight + CrowdWeight + NegativeWeight is > 0 and < double.PositiveInfinity,
            "the sum of the three weights", SingleWeight + CrowdWeight + NegativeWeight, "above 0");
        Want(MinFace >= 1, "minFace", MinFace, "1 or more");
        Want(MaxFace >= MinFace && double.IsFinite(MaxFace), "maxFace", MaxFace, "minFace or more");
        Want(SmallBias is > 0 and <= 10, "smallBias", SmallBias, "above 0, up to 10");
        Want(MaxEnlargement is > 0 and <= 16, "maxEnlargement", MaxEnlargement, "above 0, up to 16");
        Want(MinCrowdShrink >= 1, "minCrowdShrink", MinCrowdShrink, "1 or more");
        Want(
            MaxCrowdShrink >= MinCrowdShrink && MaxCrowdShrink <= 64,
            "maxCrowdShrink", MaxCrowdShrink, "minCrowdShrink to 64");
        Want(IgnoreBelow >= 0, "ignoreBelow", IgnoreBelow, "0 or more");
        Want(UpsampledMargin is >= 1 and <= 2, "upsampledMargin", UpsampledMargin, "1 to 2");
        Want(MaxRotation is >= 0 and <= 45, "maxRotation", MaxRotation, "0 to 45");
        Want(CacheMegabytes >= 0, "cacheMegabytes", CacheMegabytes, "0 or more");
        foreach (var (name, chance) in (ReadOnlySpan<(string, double)>)[
            ("crowdBackgroundChance", CrowdBackgroundChance), ("minVisible", MinVisible),
            ("upsampledShare", UpsampledShare), ("mirrorChance", MirrorChance),
            ("rotationChance", RotationChance), ("occluderChance", OccluderChance)])
        {
            Want(chance is >= 0 and <= 1, name, chance, "0 to 1");
        }

        Photometry.Check(Want);
        Degradation.Check(Want);
        if (faults.Count > 0)
        {
            throw new FaceLoupeException($"Canvas options: {string.Join("; ", faults)}.");
        }
    }
}
