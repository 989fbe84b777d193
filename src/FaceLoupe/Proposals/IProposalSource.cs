using FaceLoupe.Imaging;

namespace FaceLoupe.Proposals;

/// <summary>
/// Step 1 of the pipeline: proposes regions of an image that may hold faces. Implementations are safe to call from
/// many threads at once.
/// </summary>
public interface IProposalSource
{
    /// <summary>Proposes regions, best first.</summary>
    /// <param name="picture">The image, upright.</param>
    /// <param name="name">The image's path or name; sources that use the pixels ignore it.</param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    IReadOnlyList<Proposal> Propose(Picture picture, string name, CancellationToken cancellationToken = default);
}
