using FaceLoupe.Proposals;

namespace FaceLoupe;

/// <summary>What the first stage found in one more tile of an image.</summary>
/// <param name="Confident">
/// Boxes that are very likely faces and were not reported before, best first: their score is at least
/// <see cref="Models.Stage2BandSection.High"/>, or the model's threshold if it has none. These boxes come from one
/// tile; <see cref="DetectionProgress.Proposals"/> replaces them when the first stage is done.
/// </param>
/// <param name="Part">Share of the first stage that is done: above 0, and 1 at the end.</param>
public sealed record FirstStageProgress(IReadOnlyList<Proposal> Confident, double Part);
