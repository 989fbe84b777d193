using FaceLoupe.Proposals;

namespace FaceLoupe;

/// <summary>What the first stage has seen in one more tile of an image.</summary>
/// <param name="Confident">
/// Places that are very likely faces and were not reported before, best first: their score is at least
/// <see cref="Models.Stage2BandSection.High"/>, or the model's threshold where it has none. The box of such a proposal
/// is that of one tile; what the whole first stage comes to, in <see cref="DetectionProgress.Proposals"/>, takes
/// its place.
/// </param>
/// <param name="Part">Part of the first stage that is done, by its looks at the image: above 0, 1 at the end.</param>
public sealed record FirstStageProgress(IReadOnlyList<Proposal> Confident, double Part);
