using FaceLoupe.Geometry;

namespace FaceLoupe.Predictions;

/// <summary>One predicted face.</summary>
/// <param name="Box">Where, in pixels of the image, unrounded.</param>
/// <param name="Score">
/// Confidence of the detector; only the order matters, so any scale will do. Logits are best: probabilities that round
/// to 1 are indistinguishable.
/// </param>
public readonly record struct ScoredBox(Box Box, double Score)
{
    /// <summary>Eyes, nose and corners of the mouth, in pixels of the image; null: not known.</summary>
    public FaceLandmarks? Landmarks { get; init; }
}
