using FaceLoupe.Proposals;

namespace FaceLoupe;

/// <summary>
/// What is known of an image while a detector still works at it: one report after the first stage, one after every
/// batch of the second stage.
/// </summary>
/// <param name="Proposals">Everything the first stage proposed, best first; the same list in every report.</param>
/// <param name="Judged">
/// What the second stage has just looked at, or need not look at (see <see cref="Models.Stage2BandSection"/>): moved
/// and scored, but not yet held against the threshold nor against overlapping faces. Empty in the first report.
/// </param>
/// <param name="Done">How many proposals are through so far, this report included.</param>
public sealed record DetectionProgress(IReadOnlyList<Proposal> Proposals, IReadOnlyList<Face> Judged, int Done);
