using System.ComponentModel.DataAnnotations;

namespace FaceLoupe.Models;

/// <summary>
/// The stage-2 score band: candidates whose first-stage probability lies in it go to the second stage. The others are
/// confident: they keep their box, and an estimate of the second stage's logit takes its place in the fusion, so that
/// all scores stay comparable: slope x proposal logit + offset.
/// </summary>
public sealed record Stage2BandSection
{
    /// <summary>Lower end of the band, a first-stage probability. From 0 to 1, default 0.</summary>
    [Range(0.0, 1.0)]
    public float Low { get; init; }

    /// <summary>Upper end of the band, a first-stage probability. From low to 1, default 1.</summary>
    [Range(0.0, 1.0)]
    public float High { get; init; } = 1;

    /// <summary>Slope of the line from the first stage's logit to the second's. At least 0, default 1.</summary>
    [Range(0.0, double.MaxValue)]
    public float Slope { get; init; } = 1;

    /// <summary>Offset of that line. Default 0.</summary>
    [Range(double.MinValue, double.MaxValue)]
    public float Offset { get; init; }
}
