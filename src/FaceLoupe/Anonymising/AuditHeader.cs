namespace FaceLoupe.Anonymising;

/// <summary>The first line of an <see cref="AuditLog"/>: the settings for all images after it.</summary>
/// <param name="Program">Name and version of the program.</param>
/// <param name="Model">Name and version of the model.</param>
/// <param name="ModelSha256">SHA-256 of the model's three networks, in the order of the pipeline.</param>
/// <param name="Threshold">The score from which boxes were masked, with its measured recall.</param>
/// <param name="Mask">How faces were hidden.</param>
/// <param name="Carry">Number of frames a box of a video is carried.</param>
/// <param name="Started">When it began.</param>
/// <param name="MinFace">Longer side of the smallest face that was masked, in pixels; 0 (the default): any.</param>
/// <param name="DetectEvery">Every n-th frame of videos was searched; 1 (the default): all.</param>
public sealed record AuditHeader(
    string Program,
    string Model,
    IReadOnlyList<string> ModelSha256,
    ThresholdChoice Threshold,
    MaskOptions Mask,
    int Carry,
    DateTimeOffset Started,
    float MinFace = 0,
    int DetectEvery = 1)
{
    /// <summary>Whether results were searched again. Default false.</summary>
    public bool Verify { get; init; }

    /// <summary>Whether what shows of damaged images was masked, instead of refusing them. Default false.</summary>
    public bool AllowDamaged { get; init; }

    /// <summary>SHA-256 of a person's corrections; null (the default): there are none.</summary>
    public string? CorrectionsSha256 { get; init; }
}
