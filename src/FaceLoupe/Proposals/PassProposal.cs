namespace FaceLoupe.Proposals;

/// <summary>A proposal of one pass over an image.</summary>
/// <param name="Proposal">The proposal, clipped to the image.</param>
/// <param name="LongerSide">The longer side of its box before clipping, which decides its size band.</param>
internal readonly record struct PassProposal(Proposal Proposal, float LongerSide);
