using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace FaceLoupe.Models;

/// <summary>
/// Coarse-to-fine search: a size of the image is searched only around the focus candidates of the next smaller size,
/// the faces of this size's band that score neither low nor high there (after AutoFocus, Najibi et al. 2019). Our
/// deviation: the paper searches whole images.
/// </summary>
public sealed record FocusSection
{
    /// <summary>
    /// First-stage probability at the smaller size from which a box is a focus candidate. From 0 to 1, default 0.1.
    /// </summary>
    [Range(0.0, 1.0)]
    public float Threshold { get; init; } = 0.1f;

    /// <summary>
    /// First-stage probability at the smaller size from which a box is confident and kept as it is. From 0 to 1; 1 (the
    /// default): none is.
    /// </summary>
    [JsonPropertyName("sure")]
    [Range(0.0, 1.0)]
    public float ConfidentScore { get; init; } = 1;

    /// <summary>
    /// Longer side, in pixels of the image, below which no box of the smaller size is confident. At least 0, the
    /// default.
    /// </summary>
    [JsonPropertyName("sureFace")]
    [Range(0.0, double.PositiveInfinity)]
    public float ConfidentSide { get; init; }

    /// <summary>
    /// Smallest margin around a focus candidate, in pixels of the resized image; rounded up to the network's size
    /// multiple. At least 0, default 16.
    /// </summary>
    public int Margin { get; init; } = 16;

    // The minimum size of confident faces grows by the factor by which images are shrunk.
    internal FocusSection Larger(float times) => this with { ConfidentSide = ConfidentSide * times };
}
