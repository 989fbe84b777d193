using System.ComponentModel.DataAnnotations;
using System.Globalization;
using FaceLoupe.Validation;

namespace FaceLoupe.Training.Labelling;

/// <summary>When the teachers are believed.</summary>
internal sealed record LabelOptions
{
    /// <summary>What the annotations at hand are.</summary>
    public LabelKind Kind { get; init; }

    /// <summary>So many teachers must see a new face. Default 2.</summary>
    public int Agree { get; init; } = 2;

    /// <summary>
    /// Least mean confidence of the teachers that see a new face; 0.5 is the score from which a teacher is right nearly
    /// always. Default 0.5.
    /// </summary>
    [Display(Name = "--min-score"), Range(0.0, 1.0)]
    public float MinScore { get; init; } = 0.5f;

    /// <summary>
    /// Least confidence of the most confident teacher for a place to be ignored in training. Default 0.25.
    /// </summary>
    [Display(Name = "--ignore-score"), Range(0.0, 1.0)]
    public float IgnoreScore { get; init; } = 0.25f;

    /// <summary>
    /// Whether the boxes of annotated faces are drawn anew as the teachers draw them: data sets have conventions, and a
    /// face of 10 px in another one is a miss. Default false: they stay as they are.
    /// </summary>
    public bool Restyle { get; init; }

    /// <summary>
    /// Whether faces get five landmarks where two teachers or more tell them and agree. Default false.
    /// </summary>
    public bool Landmarks { get; init; }

    /// <summary>Refuses impossible options.</summary>
    /// <param name="teachers">How many teachers there are.</param>
    /// <exception cref="FaceLoupeException">There are impossible options.</exception>
    public void Validate(int teachers)
    {
        if (Agree < 1 || Agree > teachers)
        {
            throw new FaceLoupeException(string.Create(CultureInfo.InvariantCulture, $"--agree {Agree}: ") + (
                teachers == 1
                    ? "there is one teacher; give --agree 1 to believe it alone, or more detectors to --teachers."
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"there are {teachers} teachers; give a number from 1 to {teachers}.")));
        }

        if (Restyle && Kind != LabelKind.Faces)
        {
            throw new FaceLoupeException(
                $"--restyle: only boxes of faces are redrawn, these are {Kind.ToString().ToLowerInvariant()}; leave "
                    + "it or --kind out.");
        }

        foreach (var fault in OptionRules.Of(this))
        {
            throw new FaceLoupeException($"{fault.Name} {fault.Value}: give a number {fault.Wanted}.");
        }
    }
}
