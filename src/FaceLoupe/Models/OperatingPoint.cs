using System.ComponentModel.DataAnnotations;

namespace FaceLoupe.Models;

/// <summary>
/// The measurement of a score threshold on annotated images: the recall, of boxes or of masks, and the false positives
/// per image. <c>faceloupe blur --target-recall</c> chooses among these.
/// </summary>
public sealed record OperatingPoint
{
    /// <summary>
    /// Share of the annotated faces that were found (IoU at least 0.5), or hidden among a model's masking points; from
    /// 0 to 1.
    /// </summary>
    [Range(0.0, 1.0)]
    public required float Recall { get; init; }

    /// <summary>The score from which a box counted as a face, from 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public required float Threshold { get; init; }

    /// <summary>Boxes per image, in the mean, that met no annotated face; at least 0.</summary>
    [Range(0.0, double.MaxValue)]
    public required float FalseAlarmsPerPicture { get; init; }

    /// <summary>The images it was measured on, such as <c>masks/val</c>; empty (the default): unknown.</summary>
    public string MeasuredOn { get; init; } = string.Empty;
}
