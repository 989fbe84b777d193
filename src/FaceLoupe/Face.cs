using FaceLoupe.Geometry;
using FaceLoupe.Proposals;
using FaceLoupe.Scoring;

namespace FaceLoupe;

/// <summary>One face found in an image.</summary>
/// <param name="Box">The box, in pixels of the image, clipped to it.</param>
/// <param name="Logit">Confidence of the detector, as a logit; does not saturate, so rank by it.</param>
/// <param name="Proposal">The first stage's proposal that the face came from.</param>
/// <param name="Stage2Logit">
/// The discriminator's logit before fusion; null if only the first stage ran, or was confident (see <see
/// cref="Models.Stage2BandSection"/>).
/// </param>
public sealed record Face(Box Box, float Logit, Proposal Proposal, float? Stage2Logit)
{
    /// <summary>
    /// Eyes, nose and corners of the mouth, in pixels of the image; null unless
    /// <see cref="DetectorOptions.Landmarks"/> asks for them.
    /// </summary>
    public FaceLandmarks? Landmarks { get; init; }

    /// <summary>Confidence of the detector, from 0 to 1.</summary>
    public float Score => Logistic.Sigmoid(Logit);

    /// <summary>Confidence of the first stage alone, from 0 to 1.</summary>
    public float Stage1Score => Proposal.Score;

    /// <summary>Confidence of the discriminator alone, from 0 to 1; null as <see cref="Stage2Logit"/> is.</summary>
    public float? Stage2Score => Stage2Logit is { } logit ? Logistic.Sigmoid(logit) : null;
}
