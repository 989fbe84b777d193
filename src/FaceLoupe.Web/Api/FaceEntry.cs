using FaceLoupe.Geometry;
using FaceLoupe.Predictions;
using FaceLoupe.Proposals;
using static FaceLoupe.Predictions.DetectionDocument;

namespace FaceLoupe.Web.Api;

/// <summary>One face, in pixels of the upright image, with the scores of each stage.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
/// <param name="Score">How confident both stages together are, from 0 to 1.</param>
/// <param name="Logit">The same as a logit, which does not saturate.</param>
/// <param name="Stage1Score">How confident the first stage is, from 0 to 1.</param>
/// <param name="Stage1Logit">The same as a logit.</param>
/// <param name="Stage2Score">How confident the second stage is, from 0 to 1; null if it did not run.</param>
/// <param name="Stage2Logit">The same as a logit.</param>
/// <param name="Proposal">The first stage's box, before the second one moved it.</param>
internal sealed record FaceEntry(
    decimal X,
    decimal Y,
    decimal Width,
    decimal Height,
    decimal Score,
    decimal Logit,
    decimal Stage1Score,
    decimal Stage1Logit,
    decimal? Stage2Score,
    decimal? Stage2Logit,
    BoxEntry Proposal)
    : DetectedFace(X, Y, Width, Height, Score, Logit)
{
    public static FaceEntry Of(Face face) => new(
        Rounded(face.Box.X, 2),
        Rounded(face.Box.Y, 2),
        Rounded(face.Box.Width, 2),
        Rounded(face.Box.Height, 2),
        Rounded(face.Score, 4),
        Rounded(face.Logit, 4),
        Rounded(face.Stage1Score, 4),
        Rounded(face.Proposal.Logit, 4),
        face.Stage2Score is { } score ? Rounded(score, 4) : null,
        face.Stage2Logit is { } logit ? Rounded(logit, 4) : null,
        BoxEntry.Of(face.Proposal.Box))
    {
        Landmarks = LandmarksEntry.Of(face.Landmarks),
    };
}

/// <summary>A box, in pixels of the upright image.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
internal sealed record BoxEntry(decimal X, decimal Y, decimal Width, decimal Height)
{
    public static BoxEntry Of(Box box) =>
        new(Rounded(box.X, 2), Rounded(box.Y, 2), Rounded(box.Width, 2), Rounded(box.Height, 2));
}

/// <summary>A place where the first stage proposes a face.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
/// <param name="Score">How confident the first stage is, from 0 to 1.</param>
internal sealed record ProposalEntry(decimal X, decimal Y, decimal Width, decimal Height, decimal Score)
{
    public static ProposalEntry Of(Proposal proposal) => new(
        Rounded(proposal.Box.X, 2),
        Rounded(proposal.Box.Y, 2),
        Rounded(proposal.Box.Width, 2),
        Rounded(proposal.Box.Height, 2),
        Rounded(proposal.Score, 4));
}
