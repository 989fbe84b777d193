using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace FaceLoupe.Training.Losses;

/// <summary>Form of the generator's adversarial loss.</summary>
internal enum AdversarialForm
{
    /// <summary>log(1 - D(G(x))), as the paper's Eq. (5).</summary>
    Saturating,

    /// <summary>-log D(G(x)): the same optimum with a gradient that does not vanish while D is confident.</summary>
    NonSaturating,
}

/// <summary>Weights of the losses (the paper's section 4.2) and the switches of its ablations (Table 2).</summary>
internal sealed record LossOptions : IValidatableObject
{
    /// <summary>Weight of the adversarial losses, the paper's alpha; 0: no adversarial training.</summary>
    [Range(0.0, double.MaxValue)]
    public double Adversarial { get; init; } = 0.001;

    /// <summary>Weight of the classification losses, the paper's beta.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Classification { get; init; } = 0.01;

    /// <summary>Weight of the regression losses, the paper's gamma.</summary>
    [Range(0.0, double.MaxValue)]
    public double Regression { get; init; } = 0.01;

    /// <summary>
    /// Weight of D's landmark losses, if it has a landmark head (discriminatorNetwork.landmarkCells). Null (the
    /// default): that of the regression losses.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Range(0.0, double.MaxValue)]
    public double? Landmarks { get; init; }

    /// <summary>Weight of the pixel-wise loss; 1 in the paper, on the mean over pixels.</summary>
    [Range(0.0, double.MaxValue)]
    public double Pixel { get; init; } = 1;

    /// <summary>Form of Eq. (5).</summary>
    public AdversarialForm AdversarialForm { get; init; } = AdversarialForm.Saturating;

    /// <summary>Use Eq. (5) in the generator's loss ("w/o adv loss" switches it off).</summary>
    public bool AdversarialInGenerator { get; init; } = true;

    /// <summary>Use Eq. (6) in the generator's loss ("w/o cls loss" switches it off).</summary>
    public bool ClassificationInGenerator { get; init; } = true;

    /// <summary>Use Eq. (7) in the generator's loss ("w/o reg loss" switches it off).</summary>
    public bool RegressionInGenerator { get; init; } = true;

    /// <summary>Train the discriminator's regression branch ("w/o reg+ branch" switches it off).</summary>
    public bool RegressionBranch { get; init; } = true;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Pixel == 0 && !ClassificationInGenerator && !(AdversarialInGenerator && Adversarial > 0)
            && !(RegressionInGenerator && RegressionBranch && Regression > 0))
        {
            yield return new($"every loss of the generator is switched off: leave at least one on");
        }
    }
}
