namespace FaceLoupe.Models;

/// <summary>
/// The doubt that sends a candidate to the second stage. Candidates about which the first stage is surer keep its box,
/// and a logit that the second stage would probably have given takes that one's place in the fusion, so that all scores
/// stay comparable: slope x proposal logit + offset.
/// </summary>
public sealed record DoubtSection
{
    /// <summary>Candidates below this first-stage probability are in no doubt. From 0 to 1, default 0.</summary>
    public float Low { get; init; }

    /// <summary>Candidates above this first-stage probability are in no doubt. From low to 1, default 1.</summary>
    public float High { get; init; } = 1;

    /// <summary>Slope of the line from the first stage's logit to the second's. At least 0, default 1.</summary>
    public float Slope { get; init; } = 1;

    /// <summary>Offset of that line. Default 0.</summary>
    public float Offset { get; init; }
}
