using System.ComponentModel.DataAnnotations;
using FaceLoupe.Validation;

namespace FaceLoupe.Anonymising;

/// <summary>Options of a <see cref="MaskEvaluator"/>.</summary>
public sealed record MaskEvaluationOptions
{
    /// <summary>
    /// The masks; their shape and scale count, not what they are filled with. Default: the default masks.
    /// </summary>
    public MaskOptions Mask { get; init; } = new();

    /// <summary>
    /// Share of a face that masks must cover for it to be hidden, above 0 and up to 1. A face is approximated by the
    /// ellipse in its annotated box. Default 0.75.
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public float HiddenShare { get; init; } = 0.75f;

    /// <summary>
    /// A mask is a false positive when its box overlaps every annotated face by less than this IoU, above 0 and up to
    /// 1. Low, because a mask that sits badly on a face is of use, and a face that is masked twice is no false alarm.
    /// Default 0.2.
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public float FalsePositiveBelow { get; init; } = 0.2f;

    /// <summary>Refuses invalid options, all faults in one line.</summary>
    /// <exception cref="FaceLoupeException">An option is out of its range.</exception>
    internal void Validate()
    {
        Mask.Validate();
        OptionRules.Check(this, "Mask evaluation options");
    }
}
