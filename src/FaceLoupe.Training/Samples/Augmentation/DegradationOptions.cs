using FaceLoupe.Training.Configuration;

namespace FaceLoupe.Training.Samples.Augmentation;

/// <summary>Loss of quality in the degraded view. Every chance is a probability from 0 to 1.</summary>
internal sealed record DegradationOptions
{
    /// <summary>Chance of a blur. Default 0.4.</summary>
    public double BlurChance { get; init; } = 0.4;

    /// <summary>Smallest deviation of the Gaussian blur in px. Default 0.3.</summary>
    public double MinBlur { get; init; } = 0.3;

    /// <summary>
    /// Largest deviation of the Gaussian blur in px; weak blurs are the more frequent ones. Default 1.2.
    /// </summary>
    public double MaxBlur { get; init; } = 1.2;

    /// <summary>
    /// Where this times the median face of the canvas is more than <see cref="MaxBlur"/>, blurs go up to it: a large
    /// face may be out of focus too. Default 0.
    /// </summary>
    public double MaxBlurOfFace { get; init; }

    /// <summary>Share of the blurs that are a straight motion, four deviations long. Default 0.</summary>
    public double MotionBlurShare { get; init; }

    /// <summary>
    /// Chance that the picture was shrunk and enlarged before, as pictures from the web were. Default 0.
    /// </summary>
    public double ResampleChance { get; init; }

    /// <summary>Share of its size that it was shrunk to at least, then. Default 0.6.</summary>
    public double MinResample { get; init; } = 0.6;

    /// <summary>Share of the blurs that are a 3x3 box (out of focus). Default 0.25.</summary>
    public double BoxBlurShare { get; init; } = 0.25;

    /// <summary>Chance of Gaussian noise. Default 0.4.</summary>
    public double NoiseChance { get; init; } = 0.4;

    /// <summary>Largest deviation of the noise, of a scale of 255. Default 10.</summary>
    public double MaxNoise { get; init; } = 10;

    /// <summary>Share of the noises that are equal in all channels, like film grain. Default 0.5.</summary>
    public double GrainShare { get; init; } = 0.5;

    /// <summary>Chance of a JPEG round trip. Default 0.7.</summary>
    public double JpegChance { get; init; } = 0.7;

    /// <summary>Lowest JPEG quality. Default 30.</summary>
    public int MinJpegQuality { get; init; } = 30;

    /// <summary>Highest JPEG quality. Default 90.</summary>
    public int MaxJpegQuality { get; init; } = 90;

    public void Check(OptionCheck want)
    {
        want(BlurChance is >= 0 and <= 1, "degradation.blurChance", BlurChance, "0 to 1");
        want(MinBlur >= 0, "degradation.minBlur", MinBlur, "0 or more");
        want(MaxBlur >= MinBlur && MaxBlur <= 20, "degradation.maxBlur", MaxBlur, "minBlur to 20");
        want(MaxBlurOfFace is >= 0 and <= 0.5, "degradation.maxBlurOfFace", MaxBlurOfFace, "0 to 0.5");
        want(MotionBlurShare is >= 0 and <= 1, "degradation.motionBlurShare", MotionBlurShare, "0 to 1");
        want(ResampleChance is >= 0 and <= 1, "degradation.resampleChance", ResampleChance, "0 to 1");
        want(MinResample is > 0 and <= 1, "degradation.minResample", MinResample, "above 0, up to 1");
        want(BoxBlurShare is >= 0 and <= 1, "degradation.boxBlurShare", BoxBlurShare, "0 to 1");
        want(NoiseChance is >= 0 and <= 1, "degradation.noiseChance", NoiseChance, "0 to 1");
        want(MaxNoise is >= 0 and <= 255, "degradation.maxNoise", MaxNoise, "0 to 255");
        want(GrainShare is >= 0 and <= 1, "degradation.grainShare", GrainShare, "0 to 1");
        want(JpegChance is >= 0 and <= 1, "degradation.jpegChance", JpegChance, "0 to 1");
        want(MinJpegQuality is >= 1 and <= 100, "degradation.minJpegQuality", MinJpegQuality, "1 to 100");
        want(
            MaxJpegQuality >= MinJpegQuality && MaxJpegQuality <= 100,
            "degradation.maxJpegQuality", MaxJpegQuality, "minJpegQuality to 100");
    }
}
