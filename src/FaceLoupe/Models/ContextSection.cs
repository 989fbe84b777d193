using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace FaceLoupe.Models;

/// <summary>How much context of a face the second stage gets (the paper's section 3.5).</summary>
public sealed record ContextSection
{
    /// <summary>
    /// Side of the context window over the longer side of the proposal, from 1 to 16; of small proposals only where
    /// <see cref="BySize"/> says so. Default 2.
    /// </summary>
    [Range(1.0, 16.0)]
    public float Factor { get; init; } = 2;

    /// <summary>
    /// Another factor for larger proposals; null (the default): <see cref="Factor"/> for all of them, as in the paper.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ContextBySizeSection? BySize { get; init; }

    /// <summary>
    /// Context windows with a side of this many pixels of the image or more have native resolution and skip the
    /// generator; null: all go through it. Default 64.
    /// </summary>
    [Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)]
    public float? RouteAbove { get; init; } = 64;
}

/// <summary>
/// A context factor that goes with the size of the proposal. Our deviation: the paper's section 3.5 has one factor, and
/// its Table 3 is best at X2.0 for hard faces and at X3.0 for the larger ones. Proposals with a longer side of
/// <see cref="From"/> or less keep <see cref="ContextSection.Factor"/>, those of <see cref="To"/> or more have
/// <see cref="Factor"/>, and between the two the factor is linear in the logarithm of the side.
/// </summary>
public sealed record ContextBySizeSection
{
    /// <summary>
    /// Longest side with <see cref="ContextSection.Factor"/>, in pixels of the image. Above 0, default 12.
    /// </summary>
    public float From { get; init; } = 12;

    /// <summary>
    /// Shortest side with <see cref="Factor"/>, in pixels of the image. Above <see cref="From"/>, default 48.
    /// </summary>
    public float To { get; init; } = 48;

    /// <summary>
    /// Side of the context window of a large proposal over its longer side; larger or smaller than that of small ones.
    /// From 1 to 16, default 3.
    /// </summary>
    public float Factor { get; init; } = 3;
}
