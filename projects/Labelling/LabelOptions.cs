using System.Globalization;

namespace FaceLoupe.Training.Labelling;

/// <summary>When the pseudo-labellers are believed.</summary>
internal sealed record LabelOptions
{
    /// <summary>What the annotations at hand are.</summary>
    public LabelKind Kind { get; init; }

    /// <summary>How many detectors must see a new face. Default 2.</summary>
    public int Agree { get; init; } = 2;

    /// <summary>
    /// Least mean confidence of the detectors that see a new face; 0.5 is the score from which a detector is nearly
    /// always right. Default 0.5.
    /// </summary>
    public float MinScore { get; init; } = 0.5f;

    /// <summary>
    /// Least confidence of the most confident detector for a place to be ignored in training. Default 0.25.
    /// </summary>
    public float IgnoreScore { get; init; } = 0.25f;

    /// <summary>
    /// Whether the boxes of annotated faces are redrawn as the pseudo-labellers draw them: data sets have conventions,
    /// and a face of 10 px in another one is a miss. Default false: they stay as they are.
    /// </summary>
    public bool Restyle { get; init; }

    /// <summary>
    /// Whether faces get five landmarks where two detectors or more predict them and agree. Default false.
    /// </summary>
    public bool Landmarks { get; init; }

    /// <summary>Refuses impossible options.</summary>
    /// <param name="detectors">How many detectors there are.</param>
    /// <exception cref="FaceLoupeException">There are impossible options.</exception>
    public void Validate(int detectors)
    {
        if (Agree < 1 || Agree > detectors)
        {
            throw new FaceLoupeException(string.Create(CultureInfo.InvariantCulture, $"--agree {Agree}: ") + (
                detectors == 1
                    ? "there is one detector; give --agree 1 to trust it alone, or more to --detectors."
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"there are {detectors} detectors; give a number from 1 to {detectors}.")));
        }

        if (Restyle && Kind != LabelKind.Faces)
        {
            throw new FaceLoupeException(
                $"--restyle: only boxes of faces are redrawn, these are {Kind.ToString().ToLowerInvariant()}; leave "
                    + "it or --kind out.");
        }
    }
}
