using FaceLoupe.Geometry;

namespace FaceLoupe.Proposals;

/// <summary>
/// What the first stage is confident of while it still goes over an image: each place once, from the tile that showed
/// it first. The boxes are not yet those that all passes together come to.
/// </summary>
/// <param name="minLogit">From which logit on it is confident.</param>
/// <param name="overlap">From which IoU on two boxes are one place.</param>
/// <param name="report">Takes what a tile brought, best first, and the part of the work that is done, from 0 to
/// 1.</param>
internal sealed class EarlyProposals(float minLogit, float overlap, Action<IReadOnlyList<Proposal>, double> report)
{
    private readonly Lock _gate = new();
    private readonly List<Box> _places = [];
    private int _passes = 1;
    private int _passesDone;
    private int _tiles;

    /// <summary>An image is looked at so many times.</summary>
    public void Begin(int passes) => _passes = passes;

    /// <summary>
    /// A tile has been looked at. Tiles may end on several threads at once; they are reported one after the other.
    /// </summary>
    /// <param name="of">Tiles of this pass.</param>
    /// <param name="found">What it proposes.</param>
    public void EndTile(int of, IEnumerable<PassProposal> found)
    {
        lock (_gate)
        {
            _tiles++;
            var confident = found.Select(own => own.Proposal)
                .Where(proposal => proposal.Logit >= minLogit && !IsReported(proposal.Box)).ToList();
            var kept = NonMaxSuppression.Keep(
                [.. confident.Select(proposal => proposal.Box)], [.. confident.Select(proposal => proposal.Logit)],
                overlap);
            Proposal[] news = Array.ConvertAll([.. kept], index => confident[index]);
            _places.AddRange(news.Select(proposal => proposal.Box));
            report(news, (_passesDone + ((double)_tiles / of)) / _passes);
        }
    }

    /// <summary>A pass is over.</summary>
    public void EndPass() => (_passesDone, _tiles) = (_passesDone + 1, 0);

    private bool IsReported(Box box) => _places.Exists(place => Overlap.IoU(place, box) >= overlap);
}
