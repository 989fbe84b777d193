using FaceLoupe.Geometry;

namespace FaceLoupe.Training.Calibration;

/// <summary>One region that the stages have looked at, before fusion and suppression.</summary>
/// <param name="Proposal">Stage 1's box, px of the image.</param>
/// <param name="Stage1">Stage 1's logit.</param>
/// <param name="Stage2">
/// D's logit of being a face; null if stage 1 was so confident, either way, that D was not asked.
/// </param>
/// <param name="Delta">D's whole box delta.</param>
/// <param name="IsNative">It skips the generator.</param>
internal sealed record Candidate(Box Proposal, float Stage1, float? Stage2, BoxDelta Delta, bool IsNative);
