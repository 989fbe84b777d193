using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FaceLoupe.Models;
using FaceLoupe.Training.Networks;

namespace FaceLoupe.Training.Regions;

/// <summary>Sizes of the RoIs for G and D.</summary>
internal sealed record RegionOptions
{
    /// <summary>
    /// Side of a low-resolution RoI, px. 12 in the paper; with context a face of 10 px spans 20, and 16 keeps more of
    /// it. Default 16.
    /// </summary>
    [Range(4, 256)]
    public int LowResolution { get; init; } = 16;

    /// <summary>Enlargement of the window around a proposal, the paper's "X m" (section 3.5). Default 2.</summary>
    [Range(1.0, 8.0)]
    public float ContextFactor { get; init; } = 2;

    /// <summary>
    /// Another factor for larger proposals. Null (the default): contextFactor for all, as in the paper; not written
    /// then, to keep the keys of earlier runs.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ContextBySizeOptions? ContextBySize { get; init; }

    /// <summary>
    /// Context windows with a side of at least this, px of the image, are native: D gets their own pixels instead of
    /// generated ones. Null (the default): all RoIs go through G, as in the paper.
    /// </summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public float? NativeAbove { get; init; }

    /// <summary>Side of a high-resolution RoI, px.</summary>
    [JsonIgnore]
    public int HighResolution => LowResolution * GeneratorNetwork.Factor;

    /// <summary>The context for messages: "2", or "1.5 up to 12 px and 3 from 48 px on".</summary>
    [JsonIgnore]
    public string ContextText => ContextBySize is { } large
        ? FormattableString.Invariant($"{ContextFactor} up to {large.From} px and {large.Factor} from {large.To} px on")
        : FormattableString.Invariant($"{ContextFactor}");

    /// <summary>The manifest section of the context.</summary>
    /// <param name="routeAbove">Side of a window from which it skips the generator, px; null: never.</param>
    public ContextSection ToContext(float? routeAbove) => new()
    {
        Factor = ContextFactor, BySize = ContextBySize?.ToSection(), RouteAbove = routeAbove,
    };
}
