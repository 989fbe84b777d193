using FaceLoupe.Geometry;
using FaceLoupe.Models;
using FaceLoupe.Scoring;

namespace FaceLoupe.Proposals;

/// <summary>
/// Merges the proposals of several passes over an image (sizes, mirror image). Overlapping boxes of different passes
/// are one face; its logit is the mean over the passes that cover it, and its box the mean weighted by probability.
/// </summary>
/// <param name="section">How proposals are joined.</param>
/// <param name="nms">IoU above which the weaker of two proposals of one pass is suppressed.</param>
/// <param name="voteIoU">IoU from which it votes on the position of the stronger one; null: no voting.</param>
internal sealed class ScoreAveraging(AveragingSection section, float nms, float? voteIoU)
{
    /// <summary>The proposals of all passes as one list, best first.</summary>
    /// <param name="passes">The proposals of each pass.</param>
    /// <param name="minLogit">Proposals below it are ignored.</param>
    public Proposal[] Merge(IReadOnlyList<ScalePass> passes, float minLogit)
    {
        var members = new List<(Proposal Proposal, int Pass)>();
        for (var pass = 0; pass < passes.Count; pass++)
        {
            members.AddRange(Single(passes[pass], minLogit).Select(proposal => (proposal, pass)));
        }

        var kept = new KeptBoxes(section.IoU);
        var faces = new List<Proposal?[]>();
        foreach (var index in ScoreOrder.Descending(members.ConvertAll(member => member.Proposal.Logit).ToArray()))
        {
            var (proposal, pass) = members[index];
            var face = kept.Suppressor(proposal.Box);
            if (face < 0)
            {
                face = kept.Count;
                kept.Add(index, proposal.Box);
                faces.Add(new Proposal?[passes.Count]);
            }

            faces[face][pass] ??= proposal;
        }

        var merged = new List<Proposal>(faces.Count);
        for (var face = 0; face < faces.Count; face++)
        {
            if (Mean(passes, faces[face], kept[face]) is { } proposal)
            {
                merged.Add(proposal);
            }
        }

        return [.. merged.OrderByDescending(proposal => proposal.Logit)];
    }

    // The proposals of one pass, each face once.
    private IEnumerable<Proposal> Single(ScalePass pass, float minLogit)
    {
        Proposal[] proposals = [.. pass.Proposals(minLogit, side => pass.Weight(side, section.Fade) > 0)];
        var boxes = Array.ConvertAll(proposals, proposal => proposal.Box);
        var logits = Array.ConvertAll(proposals, proposal => proposal.Logit);
        return voteIoU is { } least
            ? NonMaxSuppression.KeepByVote(boxes, logits, nms, least)
                .Select(vote => new Proposal(vote.Box, logits[vote.Index]))
            : NonMaxSuppression.Keep(boxes, logits, nms).Select(index => proposals[index]);
    }

    // Null if only passes without weight at this size found something.
    private Proposal? Mean(IReadOnlyList<ScalePass> passes, Proposal?[] members, Box strongest)
    {
        double weights = 0, logits = 0, shares = 0, left = 0, top = 0, right = 0, bottom = 0;
        for (var pass = 0; pass < members.Length; pass++)
        {
            var weight = passes[pass].Weight(strongest.LongerSide, section.Fade);
            if (members[pass] is { } member)
            {
                var share = weight * Logistic.Sigmoid(member.Logit);
                shares += share;
                left += share * member.Box.X;
                top += share * member.Box.Y;
                right += share * member.Box.Right;
                bottom += share * member.Box.Bottom;
            }
            else if (weight == 0 || !passes[pass].Shows(strongest))
            {
                continue;
            }

            weights += weight;
            logits += weight * (members[pass]?.Logit ?? section.Absent);
        }

        return shares > 0
            ? new Proposal(
                Box.FromCorners(
                    (float)(left / shares), (float)(top / shares), (float)(right / shares), (float)(bottom / shares)),
                (float)(logits / weights))
            : null;
    }
}
