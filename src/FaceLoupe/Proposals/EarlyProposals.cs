using FaceLoupe.Geometry;

namespace FaceLoupe.Proposals;

/// <summary>
/// Confident proposals of the first stage while it is still running: each place once, from the tile that covered it
/// first. The final boxes may differ, as all passes contribute to them.
/// </summary>
/// <param name="minLogit">Lowest confident logit.</param>
/// <param name="overlap">IoU from which two boxes are one place.</param>
/// <param name="report">
/// Receives a tile's proposals, best first, and the part of the work that is done, from 0 to 1.
/// </param>
internal sealed class EarlyProposals(float minLogit, float overlap, Action<IReadOnlyList<Proposal>, double> report)
{
    private readonly Lock _gate = new();
    private readonly List<Box> _places = [];
    private int _passes = 1;
    private int _passesDone;
    private int _tiles;

    /// <summary>Sets the number of passes over the image.</summary>
    public void Begin(int passes) => _passes = passes;

    /// <summary>
    /// A tile has been searched. Tiles may end on several threads at once; they are reported one after the other.
    /// </summary>
    /// <param name="of">Tiles of this pass.</param>
    /// <param name="found">Its proposals.</param>
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
