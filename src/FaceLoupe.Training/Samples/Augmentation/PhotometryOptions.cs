using FaceLoupe.Training.Configuration;

namespace FaceLoupe.Training.Samples.Augmentation;

/// <summary>Light and colour of a canvas. Every chance is a probability from 0 to 1.</summary>
internal sealed record PhotometryOptions
{
    /// <summary>Largest shift of brightness, of a scale of 255, either way. Default 20.</summary>
    public double Brightness { get; init; } = 20;

    /// <summary>Contrast about mid-grey is drawn between 1 over this and this; at least 1. Default 1.3.</summary>
    public double Contrast { get; init; } = 1.3;

    /// <summary>Gamma is drawn between 1 over this and this; at least 1. Default 1.35.</summary>
    public double Gamma { get; init; } = 1.35;

    /// <summary>Saturation of colours is drawn between 1 - this and 1 + this, 0 to 1. Default 0.4.</summary>
    public double Saturation { get; init; } = 0.4;

    /// <summary>Largest gain or loss of a single channel, a colour cast, 0 to 0.5. Default 0.08.</summary>
    public double ColourCast { get; init; } = 0.08;

    /// <summary>Chance that brightness, contrast, gamma, saturation and cast are drawn at all. Default 0.8.</summary>
    public double LightChance { get; init; } = 0.8;

    /// <summary>Chance of a black-and-white canvas. Default 0.15: old photographs matter.</summary>
    public double GrayscaleChance { get; init; } = 0.15;

    /// <summary>Chance that a black-and-white canvas is toned slightly brown. Default 0.3.</summary>
    public double SepiaChance { get; init; } = 0.3;

    public void Check(OptionCheck want)
    {
        want(Brightness is >= 0 and <= 255, "photometry.brightness", Brightness, "0 to 255");
        want(Contrast is >= 1 and <= 10, "photometry.contrast", Contrast, "1 to 10");
        want(Gamma is >= 1 and <= 10, "photometry.gamma", Gamma, "1 to 10");
        want(Saturation is >= 0 and <= 1, "photometry.saturation", Saturation, "0 to 1");
        want(ColourCast is >= 0 and <= 0.5, "photometry.colourCast", ColourCast, "0 to 0.5");
        want(LightChance is >= 0 and <= 1, "photometry.lightChance", LightChance, "0 to 1");
        want(GrayscaleChance is >= 0 and <= 1, "photometry.grayscaleChance", GrayscaleChance, "0 to 1");
        want(SepiaChance is >= 0 and <= 1, "photometry.sepiaChance", SepiaChance, "0 to 1");
    }
}
