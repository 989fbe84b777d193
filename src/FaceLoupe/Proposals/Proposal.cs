using FaceLoupe.Geometry;
using FaceLoupe.Scoring;

namespace FaceLoupe.Proposals;

/// <summary>A region of interest: a place where the first stage proposes a face.</summary>
/// <param name="Box">Where, in pixels of the image.</param>
/// <param name="Logit">Confidence of the first stage, as a logit: 0 is one to one.</param>
public readonly record struct Proposal(Box Box, float Logit)
{
    /// <summary>Confidence of the first stage, as a probability from 0 to 1.</summary>
    public float Score => Logistic.Sigmoid(Logit);
}
