using System.ComponentModel.DataAnnotations;
using FaceLoupe.Models;

namespace FaceLoupe.Training.Regions;

/// <summary>
/// The context factor by size of the proposal (not in the paper; see <see cref="ContextBySizeSection"/>):
/// regions.contextFactor up to one side, another factor from a larger side on, log-linear between them.
/// </summary>
internal sealed record ContextBySizeOptions : IValidatableObject
{
    /// <summary>Largest longer side with regions.contextFactor, px. Default 12.</summary>
    public float From { get; init; } = 12;

    /// <summary>Smallest longer side with the factor of this group, px. Default 48.</summary>
    public float To { get; init; } = 48;

    /// <summary>Context factor of large proposals. Default 3: Table 3's best on Easy and Medium.</summary>
    [Range(1.0, 8.0)]
    public float Factor { get; init; } = 3;

    /// <summary>The manifest section.</summary>
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
