using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Samples.Augmentation;

namespace FaceLoupe.Training.Samples.Layout;

/// <summary>How training canvases are laid out, lit and degraded. Every chance is a probability from 0 to 1.</summary>
internal sealed record CanvasOptions : IValidatableObject
{
    /// <summary>Side of the degraded canvas in px; even, 32 to 4096. Default 256.</summary>
    public int Size { get; init; } = 256;

    /// <summary>High-resolution side over degraded side, a multiple of 0.5 from 0.5 to 16. Default 4.</summary>
    [JsonPropertyName("sharpFactor")]
    public double HighResolutionFactor { get; init; } = 4;

    /// <summary>Weight of canvases about one image around one of its faces. Default 0.5.</summary>
    [Range(0.0, double.MaxValue)]
    public double SingleWeight { get; init; } = 0.5;

    /// <summary>Weight of canvases tiled with many shrunk images. Default 0.4.</summary>
    [Range(0.0, double.MaxValue)]
    public double CrowdWeight { get; init; } = 0.4;

    /// <summary>Weight of canvases without a face, used when a source has none. Default 0.1.</summary>
    [Range(0.0, double.MaxValue)]
    public double NegativeWeight { get; init; } = 0.1;

    /// <summary>
    /// Weight of canvases that are a window anywhere in an annotated image, at any size of the image, as detection
    /// searches it: mostly background, faces uncommon and often cut. Default 0.
    /// </summary>
    [Range(0.0, double.MaxValue)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double WindowWeight { get; init; }

    /// <summary>
    /// Weight of canvases that are a window around a place where a detector errs, taken from images with <see
    /// cref="Sources.SourceOptions.Detections"/> at 0.8 to 1.25 times their size, before an enlargement. Default 0.
    /// </summary>
    [Range(0.0, double.MaxValue)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double MistakeWeight { get; init; }

    /// <summary>Smallest longer side in px that a single canvas gives its chosen face. Default 6.</summary>
    [Range(1.0, double.MaxValue)]
    public double MinFace { get; init; } = 6;

    /// <summary>Largest longer side in px that a single canvas gives its chosen face. Default 140.</summary>
    public double MaxFace { get; init; } = 140;

    /// <summary>
    /// Chance that a single canvas shows its face at one to four times MaxFace, mostly in part: detection meets such
    /// faces at its larger scales, where an ear must not be a face. Default 0.
    /// </summary>
    [Range(0.0, 1.0)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double CloseUpChance { get; init; }

    /// <summary>
    /// Exponent of the uniform draw between log MinFace and log MaxFace: above 1 favours small faces. Default 1.4 (half
    /// of them below 20 px).
    /// </summary>
    [Range(0.0, 10.0, MinimumIsExclusive = true)]
    public double SmallBias { get; init; } = 1.4;

    /// <summary>Largest enlargement of an original in the degraded canvas. Default 2.</summary>
    [Range(0.0, 16.0, MinimumIsExclusive = true)]
    public double MaxEnlargement { get; init; } = 2;

    /// <summary>Smallest factor by which a crowd shrinks its images. Default 2.</summary>
    [Range(1.0, double.MaxValue)]
    public double MinCrowdShrink { get; init; } = 2;

    /// <summary>Largest factor by which a crowd shrinks its images. Default 8.</summary>
    [Range(1.0, 64.0)]
    public double MaxCrowdShrink { get; init; } = 8;

    /// <summary>Pads single canvases with mid-grey, the networks' zero. Default false: a crowd fills them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Padded { get; init; }

    /// <summary>Chance that a crowd cell shows background without people. Default 0.1.</summary>
    [Range(0.0, 1.0)]
    public double CrowdBackgroundChance { get; init; } = 0.1;

    /// <summary>Faces with a shorter longer side (px) are ignored rather than learnt. Default 5.</summary>
    [Range(0.0, double.MaxValue)]
    public double IgnoreBelow { get; init; } = 5;

    /// <summary>Faces of which a smaller share of the box is visible are ignored. Default 0.6.</summary>
    [Range(0.0, 1.0)]
    public double MinVisible { get; init; } = 0.6;

    /// <summary>
    /// Chance that the canvas is made and degraded at half size, then enlarged x2 by bicubic, as detection does for
    /// tiny faces. Default 0.5.
    /// </summary>
    [Range(0.0, 1.0)]
    public double UpsampledShare { get; init; } = 0.5;

    /// <summary>
    /// Factors, above 1 to 8, one of which is drawn for each enlarged canvas in place of 2: those of the scale plan, so
    /// that training sees what detection does. Not for stages that need the high-resolution view. Default empty: 2.
    /// </summary>
    public IReadOnlyList<double> Enlargements { get; init; } = [];

    /// <summary>
    /// On enlarged canvases <see cref="MinFace"/> and <see cref="IgnoreBelow"/> are multiplied and <see
    /// cref="MaxCrowdShrink"/> is divided by this, 1 to 2: a face there has half as many original pixels. Default 1.6
    /// (no faces below 4 px before the enlargement).
    /// </summary>
    [Range(1.0, 2.0)]
    public double UpsampledMargin { get; init; } = 1.6;

    /// <summary>Chance of a left-right mirror image. Default 0.5.</summary>
    [Range(0.0, 1.0)]
    public double MirrorChance { get; init; } = 0.5;

    /// <summary>Chance that a canvas is rotated. Default 0.</summary>
    [Range(0.0, 1.0)]
    public double RotationChance { get; init; }

    /// <summary>Largest rotation in either direction, in degrees, 0 to 45. Default 25.</summary>
    [Range(0.0, 45.0)]
    public double MaxRotation { get; init; } = 25;

    /// <summary>Chance of an occluder on a face. Default 0.</summary>
    [Range(0.0, 1.0)]
    public double OccluderChance { get; init; }

    /// <summary>Light and colour, the same in both views.</summary>
    public PhotometryOptions Photometry { get; init; } = new();

    /// <summary>Blur, noise and compression, of the degraded view only.</summary>
    public DegradationOptions Degradation { get; init; } = new();

    /// <summary>Memory for decoded images in MB; others are decoded every time. Default 2500.</summary>
    [Range(0, int.MaxValue)]
    public int CacheMegabytes { get; init; } = 2500;

    /// <summary>These options with the sizes of a canvas that is enlarged x2 after its degradation.</summary>
    public CanvasOptions ForUpsampled() => this with
    {
        MinFace = Math.Min(MinFace * UpsampledMargin, MaxFace),
        IgnoreBelow = IgnoreBelow * UpsampledMargin,
        MaxCrowdShrink = Math.Max(MaxCrowdShrink / UpsampledMargin, MinCrowdShrink),
    };

    /// <summary>
    /// These options for a canvas that is smaller by a factor of <see cref="Enlargements"/>, in its own pixels. Its
    /// side is even. A factor of 2 gives faces and crowds of the sizes of <see cref="ForUpsampled"/>.
    /// </summary>
    public CanvasOptions BeforeEnlargement(double factor)
    {
        var upsampled = ForUpsampled();
        var minFace = upsampled.MinFace / 2;
        var minShrink = MinCrowdShrink * factor;
        return this with
        {
            Size = 2 * (int)Math.Round(Size / factor / 2),
            MinFace = minFace,
            MaxFace = Math.Max(MaxFace / factor, minFace),
            IgnoreBelow = upsampled.IgnoreBelow / 2,
            MinCrowdShrink = minShrink,
            MaxCrowdShrink = Math.Max(2 * upsampled.MaxCrowdShrink, minShrink),
            MaxEnlargement = Math.Max(MaxEnlargement / factor, 1),
        };
    }

    /// <summary>Throws with all faults in one line.</summary>
    /// <exception cref="FaceLoupeException">One option or more is out of range.</exception>
    public void Validate()
    {
        if (OptionFaults.Of(this) is { Count: > 0 } faults)
        {
            throw new FaceLoupeException($"Canvas options: {string.Join("; ", faults)}.");
        }
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!(Size is >= 32 and <= 4096 && Size % 2 == 0))
        {
            yield return new($"size must be an even number from 32 to 4096, was {Size}");
        }

        if (!(HighResolutionFactor is >= 0.5 and <= 16 && double.IsInteger(HighResolutionFactor * 2)))
        {
            yield return new(FormattableString.Invariant(
                $"sharpFactor must be a multiple of 0.5 from 0.5 to 16, was {HighResolutionFactor}"));
        }

        if (Enlargements.Any(factor => !(factor is > 1 and <= 8)))
        {
            yield return new(FormattableString.Invariant(
                $"enlargements must be above 1 to 8, were {string.Join(", ", Enlargements)}"));
        }

        if (SingleWeight + CrowdWeight + NegativeWeight + WindowWeight + MistakeWeight == 0)
        {
            yield return new("the sum of singleWeight, crowdWeight, negativeWeight, windowWeight and mistakeWeight "
                + "must be above 0");
        }

        if (!(MaxFace >= MinFace && double.IsFinite(MaxFace)))
        {
            yield return new(FormattableString.Invariant($"maxFace must be at least minFace, was {MaxFace}"));
        }

        if (MaxCrowdShrink < MinCrowdShrink)
        {
            yield return new(FormattableString.Invariant(
                $"maxCrowdShrink must be at least minCrowdShrink, was {MaxCrowdShrink}"));
        }
    }
}
