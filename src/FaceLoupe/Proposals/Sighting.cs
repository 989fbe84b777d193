namespace FaceLoupe.Proposals;

/// <summary>What one look at an image proposes.</summary>
/// <param name="Proposal">The proposal, cut at the image's edges.</param>
/// <param name="LongerSide">The longer side of its box before it was cut: size bands go by it.</param>
internal readonly record struct Sighting(Proposal Proposal, float LongerSide);
