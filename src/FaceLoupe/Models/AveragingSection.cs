using System.ComponentModel.DataAnnotations;

namespace FaceLoupe.Models;

/// <summary>
/// Score averaging: a place that several passes cover (sizes of the image, mirrored or not) is scored by the mean of
/// their logits instead of the highest one (test-time augmentation; the public detectors' multi-scale testing takes the
/// highest). Our deviation: the paper's section 4.2 has one pass.
/// </summary>
public sealed record AveragingSection
{
    /// <summary>IoU above which proposals of different passes are one face. From 0 to 1, default 0.5.</summary>
    [Range(0.0, 1.0)]
    public float IoU { get; init; } = 0.5f;

    /// <summary>Logit of a pass that covers a place but proposes nothing there. Default -4.5.</summary>
    [Range(double.MinValue, double.MaxValue)]
    public float Absent { get; init; } = -4.5f;

    /// <summary>
    /// How far a pass still counts beyond the size band of its step: its weight falls from 1 at the band's ends to 0 at
    /// the upper end times 1 + this, and at the lower end divided by it. At least 0, default 0.5.
    /// </summary>
    [Range(0.0, double.MaxValue)]
    public float Fade { get; init; } = 0.5f;
}
