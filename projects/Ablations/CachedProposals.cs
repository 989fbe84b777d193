using System.Collections.Concurrent;
using FaceLoupe.Imaging;
using FaceLoupe.Proposals;

namespace FaceLoupe.Training.Ablations;

/// <summary>Caches proposals: rows that share a first stage run it once per image.</summary>
/// <param name="inner">The first stage.</param>
/// <param name="cache">The cache, by the image's path.</param>
internal sealed class CachedProposals(
    IProposalSource inner, ConcurrentDictionary<string, IReadOnlyList<Proposal>> cache) : IProposalSource
{
    public IReadOnlyList<Proposal> Propose(
        Picture picture, string name, CancellationToken cancellationToken = default) =>
        cache.GetOrAdd(name, _ => inner.Propose(picture, name, cancellationToken));
}
