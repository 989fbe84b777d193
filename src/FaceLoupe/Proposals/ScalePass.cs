using FaceLoupe.Geometry;
using FaceLoupe.Models;

namespace FaceLoupe.Proposals;

/// <summary>The result of one pass over an image at one size, mirrored or not.</summary>
/// <param name="Step">The step of the scale plan.</param>
/// <param name="Tiles">The tiles it covers; null: the whole image.</param>
/// <param name="Taken">Proposals taken over from the pass before it, see <see cref="View.Taken"/>.</param>
/// <param name="Own">Its own proposals, of every size.</param>
internal sealed record ScalePass(
    ScaleStep Step, IReadOnlyList<Tile>? Tiles, IReadOnlyList<Proposal> Taken, IReadOnlyList<PassProposal> Own)
{
    /// <summary>Its proposals in a band of sizes, and those taken over.</summary>
    /// <param name="minLogit">Lowest logit.</param>
    /// <param name="inBand">Whether a longer side, in pixels of the image, is in the band.</param>
    public IEnumerable<Proposal> Proposals(float minLogit, Func<float, bool> inBand) =>
        Taken.Concat(OwnProposals(minLogit, inBand));

    /// <summary>Its own proposals in a band of sizes.</summary>
    public IEnumerable<Proposal> OwnProposals(float minLogit, Func<float, bool> inBand) => Own
        .Where(found => found.Proposal.Logit >= minLogit && inBand(found.LongerSide))
        .Select(found => found.Proposal);

    /// <summary>Whether the pass covers a box, in pixels of the image, whole.</summary>
    public bool Shows(Box box) => Tiles is null || Tiles.Any(tile => tile.Shows(box));

    /// <summary>
    /// Its weight for faces of a size: 1 within its step's band, less beyond its ends, see <see
    /// cref="AveragingSection.Fade"/>.
    /// </summary>
    public float Weight(float longerSide, float fade)
    {
        if (Step.InBand(longerSide))
        {
            return 1;
        }

        if (fade <= 0)
        {
            return 0;
        }

        var lowest = Step.MinFace / (1 + fade);
        return longerSide < Step.MinFace
            ? Math.Max(0, (longerSide - lowest) / (Step.MinFace - lowest))
            : Math.Max(0, 1 - ((longerSide - Step.MaxFace!.Value) / (fade * Step.MaxFace.Value)));
    }
}
