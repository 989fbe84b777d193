using FaceLoupe.Imaging;
using FaceLoupe.Proposals;

namespace FaceLoupe.Training.Mining;

/// <summary>Recorded boxes of another detector instead of stage 1's: the paper's weaker baseline (4.3).</summary>
/// <param name="path">A file or folder of recorded boxes.</param>
/// <param name="options">The minimum score, and the maximum number of boxes per image.</param>
internal sealed class RecordedSearch(string path, MiningOptions options) : IProposalSource
{
    private readonly RecordedProposals recorded = RecordedProposals.Open(path, options.RecordedScores);

    /// <summary>The best boxes of an image, by its name.</summary>
    /// <exception cref="FaceLoupeException">Nothing is recorded for it.</exception>
    public IReadOnlyList<Proposal> Propose(
        Picture picture, string name, CancellationToken cancellationToken = default) =>
    [
        .. recorded.Propose(picture, name, cancellationToken)
            .Where(proposal => proposal.Score >= options.MinScore && proposal.Box.IsValid)
            .OrderByDescending(proposal => proposal.Logit).Take(options.ProposalsPerCanvas),
    ];
}
