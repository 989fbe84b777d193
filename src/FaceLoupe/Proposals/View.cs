using FaceLoupe.Geometry;
using FaceLoupe.Models;
using FaceLoupe.Scoring;

namespace FaceLoupe.Proposals;

/// <summary>
/// The tiles that one step of a scale plan searches in an image, and the proposals that it takes over.
/// </summary>
/// <param name="Tiles">The tiles that are run through the network.</param>
/// <param name="Taken">Confident faces of the previous step in its size band that no tile covers.</param>
internal sealed record View(IReadOnlyList<Tile> Tiles, IReadOnlyList<Proposal> Taken)
{
    // Focus candidates that overlap by more are merged: less than for proposals, as each costs a search.
    private const float OneCandidate = 0.3f;

    // Overlap from which they vote on its position.
    private const float Vote = 0.5f;

    /// <summary>
    /// Sorts the focus candidates of the smaller size into those to search at this one and those that are confident.
    /// </summary>
    /// <param name="candidates">All focus candidates, in pixels of the image.</param>
    /// <param name="focus">How they are divided.</param>
    /// <param name="cover">Makes tiles that cover boxes.</param>
    public static View Finer(
        IReadOnlyList<Proposal> candidates, FocusSection focus, Func<IEnumerable<Box>, IReadOnlyList<Tile>> cover)
    {
        Box[] boxes = [.. candidates.Select(proposal => proposal.Box)];
        float[] logits = [.. candidates.Select(proposal => proposal.Logit)];
        var single = NonMaxSuppression.KeepByVote(boxes, logits, OneCandidate, Vote)
            .Select(vote => new Proposal(vote.Box, logits[vote.Index]))
            .ToLookup(
                proposal => proposal.Box.LongerSide >= focus.ConfidentSide
                    && proposal.Logit >= Logistic.Logit(focus.ConfidentScore));
        var tiles = cover(single[false].Select(proposal => proposal.Box));
        return new View(tiles, [.. single[true].Where(proposal => !tiles.Any(tile => tile.Shows(proposal.Box)))]);
    }
}
