using System.ComponentModel.DataAnnotations;

namespace FaceLoupe.Training.Samples.Augmentation;

/// <summary>Degradation of canvases. Every chance is a probability from 0 to 1.</summary>
internal sealed record DegradationOptions : IValidatableObject
{
    /// <summary>Chance of a blur. Default 0.4.</summary>
    [Range(0.0, 1.0)]
    public double BlurChance { get; init; } = 0.4;

    /// <summary>Smallest deviation of the Gaussian blur in px. Default 0.3.</summary>
    [Range(0.0, double.MaxValue)]
    public double MinBlur { get; init; } = 0.3;

    /// <summary>Largest deviation of the Gaussian blur in px; weak blurs are more frequent. Default 1.2.</summary>
    [Range(0.0, 20.0)]
    public double MaxBlur { get; init; } = 1.2;

    /// <summary>
    /// Largest deviation relative to the canvas's median face, if that is more than <see cref="MaxBlur"/>: large faces
    /// may be out of focus too. Default 0.
    /// </summary>
    [Range(0.0, 0.5)]
    public double MaxBlurOfFace { get; init; }

    /// <summary>Share of the blurs that are a straight motion, four deviations long. Default 0.</summary>
    [Range(0.0, 1.0)]
    public double MotionBlurShare { get; init; }

    /// <summary>Chance that the image is first shrunk and enlarged, as many web images were. Default 0.</summary>
    [Range(0.0, 1.0)]
    public double ResampleChance { get; init; }

    /// <summary>Minimum factor of this shrinking. Default 0.6.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double MinResample { get; init; } = 0.6;

    /// <summary>Share of the blurs that are a 3x3 box (out of focus). Default 0.25.</summary>
    [Range(0.0, 1.0)]
    public double BoxBlurShare { get; init; } = 0.25;

    /// <summary>Chance of Gaussian noise. Default 0.4.</summary>
    [Range(0.0, 1.0)]
    public double NoiseChance { get; init; } = 0.4;

    /// <summary>Largest deviation of the noise, of a scale of 255. Default 10.</summary>
    [Range(0.0, 255.0)]
    public double MaxNoise { get; init; } = 10;

    /// <summary>Share of the noise that is equal in all channels, like film grain. Default 0.5.</summary>
    [Range(0.0, 1.0)]
    public double GrainShare { get; init; } = 0.5;

    /// <summary>Chance of a JPEG round trip. Default 0.7.</summary>
    [Range(0.0, 1.0)]
    public double JpegChance { get; init; } = 0.7;

    /// <summary>Lowest JPEG quality. Default 30.</summary>
    [Range(1, 100)]
    public int MinJpegQuality { get; init; } = 30;

    /// <summary>Highest JPEG quality. Default 90.</summary>
    [Range(1, 100)]
    public int MaxJpegQuality { get; init; } = 90;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxBlur < MinBlur)
        {
            yield return new(FormattableString.Invariant($"maxBlur must be at least minBlur, was {MaxBlur}"));
        }

        if (MaxJpegQuality < MinJpegQuality)
        {
            yield return new($"maxJpegQuality must be at least minJpegQuality, was {MaxJpegQuality}");
        }
    }
}
