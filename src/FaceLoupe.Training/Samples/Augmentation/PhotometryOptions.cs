using System.ComponentModel.DataAnnotations;

namespace FaceLoupe.Training.Samples.Augmentation;

/// <summary>Light and colour of a canvas. Every chance is a probability from 0 to 1.</summary>
internal sealed record PhotometryOptions
{
    /// <summary>Largest change of brightness in either direction, on a scale of 255. Default 20.</summary>
    [Range(0.0, 255.0)]
    public double Brightness { get; init; } = 20;

    /// <summary>Contrast about mid-grey is drawn between 1 over this and this; at least 1. Default 1.3.</summary>
    [Range(1.0, 10.0)]
    public double Contrast { get; init; } = 1.3;

    /// <summary>Gamma is drawn between 1 over this and this; at least 1. Default 1.35.</summary>
    [Range(1.0, 10.0)]
    public double Gamma { get; init; } = 1.35;

    /// <summary>Saturation of colours is drawn between 1 - this and 1 + this, 0 to 1. Default 0.4.</summary>
    [Range(0.0, 1.0)]
    public double Saturation { get; init; } = 0.4;

    /// <summary>Largest gain or loss of a single channel, a colour cast, 0 to 0.5. Default 0.08.</summary>
    [Range(0.0, 0.5)]
    public double ColourCast { get; init; } = 0.08;

    /// <summary>Chance that brightness, contrast, gamma, saturation and cast are drawn at all. Default 0.8.</summary>
    [Range(0.0, 1.0)]
    public double LightChance { get; init; } = 0.8;

    /// <summary>Chance of a black-and-white canvas, for old photographs. Default 0.15.</summary>
    [Range(0.0, 1.0)]
    public double GrayscaleChance { get; init; } = 0.15;

    /// <summary>Chance that a black-and-white canvas is toned slightly brown. Default 0.3.</summary>
    [Range(0.0, 1.0)]
    public double SepiaChance { get; init; } = 0.3;
}
