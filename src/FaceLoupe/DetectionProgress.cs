using FaceLoupe.Proposals;

namespace FaceLoupe;

/// <summary>
/// Progress of a detection: one report after the first stage, one after every batch of the second stage.
/// </summary>
/// <param name="Proposals">All proposals of the first stage, best first; the same list in every report.</param>
/// <param name="Scored">
/// The faces that the second stage has just classified, or skips (see <see cref="Models.Stage2BandSection"/>): moved
/// and scored, but before the threshold and non-maximum suppression. Empty in the first report.
/// </param>
/// <param name="Done">How many proposals are done so far, including this report.</param>
public sealed record DetectionProgress(IReadOnlyList<Proposal> Proposals, IReadOnlyList<Face> Scored, int Done);
