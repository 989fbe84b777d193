using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FaceLoupe.Validation;

namespace FaceLoupe.Models;

/// <summary>The proposal network of a bundle. Input: float [N, 3, H, W].</summary>
public sealed record ProposalSection
{
    /// <summary>File name of the network within the bundle's folder.</summary>
    public string File { get; init; } = "proposals.onnx";

    /// <summary>SHA-256 of the file, 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Name of the input. Default <c>image</c>.</summary>
    [NotBlank]
    public string Input { get; init; } = "image";

    /// <summary>Shape of the input, -1 for a free dimension. Default [-1, 3, -1, -1].</summary>
    public IReadOnlyList<int> InputShape { get; init; } = [-1, 3, -1, -1];

    /// <summary>H and W must be multiples of this, in pixels: the largest stride. Default 16.</summary>
    [Range(1, int.MaxValue)]
    public int SizeMultiple { get; init; } = 16;

    /// <summary>The network's branches, one a stride.</summary>
    [MinLength(1)]
    public required IReadOnlyList<BranchSection> Branches { get; init; }
}

/// <summary>
/// One branch of the proposal network. Cell (row i, column j) has square anchors centred at
/// ((j + 0.5) x stride, (i + 0.5) x stride).
/// </summary>
public sealed record BranchSection
{
    /// <summary>Distance between cells, in pixels of the network's input.</summary>
    [Range(1, int.MaxValue)]
    public required int Stride { get; init; }

    /// <summary>Sides of the A square anchors of a cell, in pixels of the network's input.</summary>
    [MinLength(1), Each(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public required IReadOnlyList<float> AnchorSizes { get; init; }

    /// <summary>Name of the output of face logits, [N, A, H / stride, W / stride].</summary>
    [NotBlank]
    public required string Scores { get; init; }

    /// <summary>
    /// Name of the output of box deltas, [N, 4 A, H / stride, W / stride]; anchor a owns channels 4a to 4a + 3.
    /// </summary>
    [NotBlank]
    public required string Deltas { get; init; }
}

/// <summary>The generator of a bundle. Input: float [N, 3, L, L]; outputs: [N, 3, H, H].</summary>
public sealed record GeneratorSection
{
    /// <summary>File name of the network within the bundle's folder.</summary>
    public string File { get; init; } = "generator.onnx";

    /// <summary>SHA-256 of the file, 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Name of the input. Default <c>low</c>.</summary>
    [NotBlank]
    public string Input { get; init; } = "low";

    /// <summary>Name of the refined output, G2(G1(low)). Default <c>refined</c>.</summary>
    [NotBlank]
    public string Output { get; init; } = "refined";

    /// <summary>Name of the output of the up-sampling net alone, G1(low). Default <c>upsampled</c>.</summary>
    [NotBlank]
    public string UpsampledOutput { get; init; } = "upsampled";

    /// <summary>Side L of the input, in pixels.</summary>
    [Range(1, int.MaxValue)]
    public required int LowResolution { get; init; }

    /// <summary>Side H of the outputs, in pixels: 4 L.</summary>
    public required int HighResolution { get; init; }
}

/// <summary>The discriminator of a bundle. Input: float [N, 3, H, H].</summary>
public sealed record DiscriminatorSection
{
    /// <summary>File name of the network within the bundle's folder.</summary>
    public string File { get; init; } = "discriminator.onnx";

    /// <summary>SHA-256 of the file, 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Name of the input. Default <c>high</c>.</summary>
    [NotBlank]
    public string Input { get; init; } = "high";

    /// <summary>Name of the output [N, 1] of logits of "a real photograph". Default <c>real</c>.</summary>
    [NotBlank]
    public string Real { get; init; } = "real";

    /// <summary>Name of the output [N, 1] of logits of "a face". Default <c>face</c>.</summary>
    [NotBlank]
    public string Face { get; init; } = "face";

    /// <summary>Name of the output [N, 4] of box deltas relative to the proposal. Default <c>delta</c>.</summary>
    [NotBlank]
    public string Delta { get; init; } = "delta";

    /// <summary>
    /// Name of the output [N, 10] of five landmarks: x and y of each, from the centre of the proposal, in tenths of its
    /// width and height. Null (the default): the network has none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [NotBlank]
    public string? Landmarks { get; init; }

    /// <summary>Side H of the input, in pixels; equal to the generator's.</summary>
    public required int HighResolution { get; init; }
}

/// <summary>How bytes become numbers: v = (byte - mean) / scale. This library supports exactly the defaults.</summary>
public sealed record PreprocessingSection
{
    /// <summary>Order of the colour channels. Default and only value <c>RGB</c>.</summary>
    public string Channels { get; init; } = "RGB";

    /// <summary>Subtracted from each byte. Default and only value 127.5.</summary>
    public float Mean { get; init; } = 127.5f;

    /// <summary>Divisor after that. Default and only value 127.5.</summary>
    public float Scale { get; init; } = 127.5f;

    /// <summary>Order of dimensions. Default and only value <c>NCHW</c>.</summary>
    public string Layout { get; init; } = "NCHW";
}
