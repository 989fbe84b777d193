using System.Collections.Concurrent;
using FaceLoupe.Imaging;
using FaceLoupe.Proposals;

namespace FaceLoupe.Training.Ablations;

/// <summary>
/// Proposals that are made once per image: rows that share a first stage look at an image with it once.
/// </summary>
/// <param name="inner">Makes them.</param>
/// <param name="known">Those that were made, by the image's path.</param>
internal sealed class RememberedProposals(
    IProposalSource inner, ConcurrentDictionary<string, IReadOnlyList<Proposal>> known)
    : IProposalSource
{
    public IReadOnlyList<Proposal> Propose(
        Picture picture, string name, CancellationToken cancellationToken = default) =>
        known.GetOrAdd(name, _ => inner.Propose(picture, name, cancellationToken));
}
