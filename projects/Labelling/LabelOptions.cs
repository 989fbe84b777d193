
namespace FaceLoupe.Training.Labelling;

/// <summary>When boxes of the pseudo-labellers are accepted.</summary>
internal sealed record LabelOptions
{
    /// <summary>What is annotated.</summary>
    public LabelKind Kind { get; init; }

    /// <summary>How many detectors must find a new face. Default 2.</summary>
    public int Agree { get; init; } = 2;

    /// <summary>Minimum mean confidence of a new face; from 0.5 (the default), detectors are mostly right.</summary>
    public float MinScore { get; init; } = 0.5f;

    /// <summary>Minimum of the highest confidence to ignore a place in training. Default 0.25.</summary>
    public float IgnoreScore { get; init; } = 0.25f;

    /// <summary>
    /// Whether boxes of annotated faces are redrawn in the convention of the pseudo-labellers: a face of 10 px drawn by
    /// another convention counts as a miss. Default false.
    /// </summary>
    public bool Restyle { get; init; }

    /// <summary>Whether faces get five landmarks where two or more detectors agree on them. Default false.</summary>
    public bool Landmarks { get; init; }

    /// <summary>Checks the options.</summary>
    /// <param name="detectors">How many detectors there are.</param>
    /// <exception cref="FaceLoupeException">An option is out of range, or two contradict each other.</exception>
    public void Validate(int detectors)
    {
        if (Agree < 1 || Agree > detectors)
        {
            throw new FaceLoupeException(FormattableString.Invariant($"--agree {Agree}: ") + (
                detectors == 1
                    ? "there is one detector; give --agree 1 to trust it alone, or more to --detectors."
                    : FormattableString.Invariant(
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
