using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FaceLoupe.Models;
using FaceLoupe.Training.Networks;

namespace FaceLoupe.Training.Regions;

/// <summary>Sizes of the regions that go through G and D.</summary>
internal sealed record RegionOptions
{
    /// <summary>
    /// Side of a low-resolution region, px. The paper names 12; with context a face of 10 px spans 20, and 16 loses
    /// less of it. Default 16.
    /// </summary>
    [Range(4, 256)]
    public int LowResolution { get; init; } = 16;

    /// <summary>
    /// How much the window around a proposal is enlarged, the paper's "X m" (section 3.5, Table 3). Default 2.
    /// </summary>
    [Range(1.0, 8.0)]
    public float ContextFactor { get; init; } = 2;

    /// <summary>
    /// Another factor for larger proposals. Null (the default): contextFactor for all of them, as in the paper; it is
    /// not written then, so that earlier runs are still recognised by their options.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ContextBySizeOptions? ContextBySize { get; init; }

    /// <summary>
    /// Context windows with a side of at least so many px of the image are not shrunk to the low resolution and
    /// enlarged again: D is shown their own pixels, and learns to judge them. Null (the default): all regions go
    /// through G, as in the paper.
    /// </summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public float? NativeAbove { get; init; }

    /// <summary>Side of a high-resolution region, px.</summary>
    [JsonIgnore]
    public int HighResolution => LowResolution * GeneratorNetwork.Factor;

    /// <summary>The context in the words of a message: "2", or "1.5 up to 12 px and 3 from 48 px on".</summary>
    [JsonIgnore]
    public string ContextText => ContextBySize is { } large
        ? FormattableString.Invariant($"{ContextFactor} up to {large.From} px and {large.Factor} from {large.To} px on")
        : FormattableString.Invariant($"{ContextFactor}");

    /// <summary>The context as a cropper and a manifest want it.</summary>
    /// <param name="routeAbove">Side of a window from which it skips the generator, px; null: none does.</param>
    public ContextSection ToContext(float? routeAbove) => new()
    {
        Factor = ContextFactor, BySize = ContextBySize?.ToSection(), RouteAbove = routeAbove,
    };
}
