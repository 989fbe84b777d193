using System.ComponentModel.DataAnnotations;
using FaceLoupe.Models;

namespace FaceLoupe.Training.Regions;

/// <summary>
/// The context factor of larger proposals (our deviation from the paper's section 3.5; see
/// <see cref="ContextBySizeSection"/>): regions.contextFactor up to one side, another factor from a larger side on, and
/// between them linear in the logarithm of the side.
/// </summary>
internal sealed record ContextBySizeOptions : IValidatableObject
{
    /// <summary>Longest longer side with regions.contextFactor, px. Default 12.</summary>
    public float From { get; init; } = 12;

    /// <summary>Shortest longer side with the factor of this group, px. Default 48.</summary>
    public float To { get; init; } = 48;

    /// <summary>
    /// How much the window around a large proposal is enlarged. Default 3: Table 3's best on Easy and Medium.
    /// </summary>
    [Range(1.0, 8.0)]
    public float Factor { get; init; } = 3;

    /// <summary>The same for the manifest.</summary>
    public ContextBySizeSection ToSection() => new() { From = From, To = To, Factor = Factor };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!(From > 0 && From < To && float.IsFinite(To)))
        {
            yield return new(FormattableString.Invariant(
                $"from must be above 0 and below to, was {From} with to {To}"));
        }
    }
}
