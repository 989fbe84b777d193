using System.Buffers;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Scoring;

namespace FaceLoupe.Proposals;

/// <summary>
/// Step 1 by network: MB-FCN (the paper's section 3.1) run over a picture at every size of its scale plan, from small
/// to large, so that larger sizes may be looked at only where it is worth it; boxes of all sizes are merged by
/// non-maximum suppression.
/// </summary>
public sealed class ProposalModel : IProposalSource
{
    // Anchors of a tile that are decoded for each proposal that may be made. Faster R-CNN: 6 to 20.
    private const int CandidatesPerProposal = 20;

    private readonly OnnxModel _network;
    private readonly ProposalSection _section;
    private readonly DetectionSection _detection;
    private readonly AnchorDecoder[] _decoders;
    private readonly string[] _outputs;
    private readonly ScalePlan _plan;
    private readonly float _minLogit;
    private readonly int _threads;

    /// <summary>Takes the proposal network of a bundle.</summary>
    /// <param name="bundle">The bundle; must outlive this object.</param>
    /// <param name="detection">Scales, thresholds and tiles; null (the default): those of the bundle.</param>
    /// <param name="minFace">Smallest face wanted, see <see cref="DetectorOptions.MinFace"/>.</param>
    public ProposalModel(
        ModelBundle bundle, DetectionSection? detection = null, float minFace = ScalePlan.SmallestPlannedFace)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        _network = bundle.Proposals;
        _section = bundle.Manifest.Proposals;
        _detection = detection ?? bundle.Manifest.Detection;
        var smallestAnchor = _section.Branches.Min(branch => branch.AnchorSizes.Min());
        _plan = new ScalePlan(_detection, _section.SizeMultiple, minFace, smallestAnchor);
        _minLogit = Logistic.Logit(_detection.ProposalThreshold);
        _threads = bundle.Threads;
        _decoders = [.. _section.Branches.Select(branch => new AnchorDecoder(branch))];
        _outputs = [.. _section.Branches.SelectMany(branch => new[] { branch.Scores, branch.Deltas })];
    }

    /// <summary>The sizes at which pictures are looked at, as the smallest face wanted leaves them.</summary>
    public IReadOnlyList<ScaleStep> Steps => _plan.Steps;

    /// <summary>Proposes regions by looking at the pixels, best first.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="name">Ignored.</param>
    /// <param name="cancellationToken">Stops before the next tile.</param>
    public IReadOnlyList<Proposal> Propose(
        Picture picture, string name = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var merged = new List<Proposal>();
        var suspected = new List<Proposal>();
        foreach (var (step, closer) in _plan.FromSmallest)
        {
            var view = _plan.Look(picture.Width, picture.Height, step, suspected);
            merged.AddRange(view.Taken);
            suspected = [];
            var suspicion = closer?.Focus is { } focus ? Logistic.Logit(focus.Threshold) : float.PositiveInfinity;
            foreach (var tile in view.Tiles)
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var proposal in Look(picture, tile, Math.Min(_minLogit, suspicion)))
                {
                    var box = tile.ToPicture(proposal.Box);
                    if (!tile.Keeps(proposal.Box)
                        || box.Clip(picture.Width, picture.Height) is not { IsValid: true } inside)
                    {
                        continue;
                    }

                    if (step.Answers(box.LongerSide) && proposal.Logit >= _minLogit)
                    {
                        merged.Add(proposal with { Box = inside });
                    }

                    if (proposal.Logit >= suspicion && closer?.Answers(box.LongerSide) == true)
                    {
                        suspected.Add(proposal with { Box = inside });
                    }
                }
            }
        }

        return Suppress(merged);
    }

    // The network over one tile: every anchor of at least some logit, boxes in pixels of the tile.
    private List<Proposal> Look(Picture picture, in Tile tile, float least)
    {
        int width = tile.Columns.Length, height = tile.Rows.Length;
        var length = 3 * width * height;
        var pixels = ArrayPool<float>.Shared.Rent(length);
        try
        {
            // Edge pixels are repeated where the tile is larger than the picture: black bars would look like an edge.
            Resampler.Crop(picture, tile.Region, width, height, pixels.AsMemory(0, length), _threads);
            using var outputs = _network.Run(
                _section.Input, pixels.AsMemory(0, length), [1, 3, height, width], _outputs);
            return Decode(outputs, height, width, least);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(pixels);
        }
    }

    private List<Proposal> Decode(OnnxOutputs outputs, int height, int width, float least)
    {
        var found = new List<Proposal>();
        var limit = new CandidateLimit(least, CandidatesPerProposal * Math.Min(_detection.MaxProposals, 1 << 20));
        for (var i = 0; i < _decoders.Length; i++)
        {
            limit.Add(outputs.Values(2 * i));
        }

        var minLogit = limit.Threshold();
        for (var i = 0; i < _decoders.Length; i++)
        {
            var branch = _section.Branches[i];
            int rows = height / branch.Stride, columns = width / branch.Stride, anchors = branch.AnchorSizes.Count;
            var scores = outputs.Values(2 * i, branch.Scores, 1, anchors, rows, columns);
            var deltas = outputs.Values((2 * i) + 1, branch.Deltas, 1, 4 * anchors, rows, columns);
            _decoders[i].Decode(scores, deltas, rows, columns, minLogit, found);
        }

        return found;
    }

    private Proposal[] Suppress(List<Proposal> proposals)
    {
        var kept = Keep(proposals);
        return _detection.PartWithin is { } within
            ? Array.ConvertAll(
                FaceParts.Without(
                    Array.ConvertAll(kept, proposal => proposal.Box), Array.ConvertAll(kept, proposal => proposal.Logit), within),
                index => kept[index])
            : kept;
    }

    private Proposal[] Keep(List<Proposal> proposals)
    {
        var boxes = proposals.ConvertAll(proposal => proposal.Box).ToArray();
        var logits = proposals.ConvertAll(proposal => proposal.Logit).ToArray();
        if (_detection.ProposalVote is not { } voteIoU)
        {
            var kept = NonMaxSuppression.Keep(boxes, logits, _detection.ProposalNms, _detection.MaxProposals);
            return Array.ConvertAll(kept, index => proposals[index]);
        }

        var voted = NonMaxSuppression.KeepByVote(
            boxes, logits, _detection.ProposalNms, voteIoU, _detection.MaxProposals);
        return Array.ConvertAll(voted, vote => proposals[vote.Index] with { Box = vote.Box });
    }
}
