using FaceLoupe.Geometry;

namespace FaceLoupe.Refinement;

/// <summary>The discriminator's output for one crop.</summary>
/// <param name="RealLogit">That it is a photograph and not generated, as a logit. Matters in training only.</param>
/// <param name="FaceLogit">That it shows a face, as a logit.</param>
/// <param name="Delta">How to move the proposal onto the face; relative to the proposal without its context.</param>
public readonly record struct DiscriminatorOutput(float RealLogit, float FaceLogit, BoxDelta Delta)
{
    /// <summary>
    /// Where the five landmarks are, from the centre of the proposal and in shares of its sides; null if the model
    /// gives none.
    /// </summary>
    public FaceLandmarks? Landmarks { get; init; }
}
