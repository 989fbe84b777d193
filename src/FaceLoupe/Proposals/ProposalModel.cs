using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Scoring;

namespace FaceLoupe.Proposals;

/// <summary>
/// Step 1 by network: MB-FCN (the paper's section 3.1) run over an image at every size of its scale plan, from small to
/// large, so that larger sizes can be searched only around focus candidates; boxes of all sizes are merged by
/// non-maximum suppression.
/// </summary>
public sealed class ProposalModel : IProposalSource
{
    // Anchors of a tile that are decoded per proposal of the limit. Faster R-CNN: 6 to 20.
    private const int CandidatesPerProposal = 20;

    // Enough for two runs at once with tiles of the usual size; more would take too much memory.
    private const long MostPixelsAtOnce = 1 << 22;

    private readonly ModelBundle _bundle;
    private readonly OnnxModel _network;
    private readonly ProposalSection _section;
    private readonly DetectionSection _detection;
    private readonly AnchorDecoder[] _decoders;
    private readonly string[] _outputs;
    private readonly ScalePlan _plan;
    private readonly ScoreAveraging? _averaging;
    private readonly float _minLogit;
    private readonly int _threads;
    private readonly int _cores;

    /// <summary>Takes the proposal network of a bundle.</summary>
    /// <param name="bundle">The bundle; must outlive this object.</param>
    /// <param name="detection">Scales, thresholds and tiles; null (the default): those of the bundle.</param>
    /// <param name="minFace">Smallest face to find, see <see cref="DetectorOptions.MinFace"/>.</param>
    public ProposalModel(
        ModelBundle bundle, DetectionSection? detection = null, float minFace = ScalePlan.SmallestPlannedFace)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        _bundle = bundle;
        _network = bundle.Proposals;
        _section = bundle.Manifest.Proposals;
        _detection = detection ?? bundle.Manifest.Detection;
        var smallestAnchor = _section.Branches.Min(branch => branch.AnchorSizes.Min());
        _plan = new ScalePlan(_detection, _section.SizeMultiple, minFace, smallestAnchor);
        _averaging = _detection.Averaging is { } averaging
            ? new ScoreAveraging(averaging, _detection.ProposalNms, _detection.ProposalVote)
            : null;
        _minLogit = Logistic.Logit(_detection.ProposalThreshold);
        _threads = bundle.Threads;
        _cores = bundle.Threads == 0 ? ProcessorCores.Count : bundle.Threads;
        _decoders = [.. _section.Branches.Select(branch => new AnchorDecoder(branch))];
        _outputs = [.. _section.Branches.SelectMany(branch => new[] { branch.Scores, branch.Deltas })];
    }

    /// <summary>The sizes at which images are searched, given the smallest face to find.</summary>
    public IReadOnlyList<ScaleStep> Steps => _plan.Steps;

    /// <summary>Proposes regions, best first.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="name">Ignored.</param>
    /// <param name="cancellationToken">Stops before the next tile.</param>
    public IReadOnlyList<Proposal> Propose(
        Picture picture, string name = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Search(picture, null, cancellationToken);
    }

    /// <summary>Proposes regions and reports confident ones while it works.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="early">Receives the proposals of every tile; null: not needed.</param>
    /// <param name="cancellationToken">Stops before the next tile.</param>
    internal IReadOnlyList<Proposal> Search(Picture picture, EarlyProposals? early, CancellationToken cancellationToken)
    {
        early?.Begin(_plan.Steps.Count);
        var passes = new List<ScalePass>();
        IReadOnlyList<Proposal> candidates = [];
        foreach (var (step, closer) in _plan.FromSmallest)
        {
            var view = _plan.ViewOf(picture.Width, picture.Height, step, candidates);
            var least = Math.Min(_minLogit, Math.Min(LeastOf(closer?.Focus), LeastOf(step.Mirror)));
            var pass = RunPass(picture, step, view, mirrored: false, least, early, cancellationToken);
            early?.EndPass();
            passes.Add(pass);
            candidates = FocusCandidates(pass, closer, closer?.Focus);
            if (step.Mirror is { } mirror)
            {
                var again = _plan.ViewAround(picture.Width, picture.Height, step, mirror,
                    FocusCandidates(pass, step, mirror));
                passes.Add(RunPass(
                    picture, step, again with { Taken = [] }, mirrored: true, _minLogit, null, cancellationToken));
            }
        }

        return Suppress(passes);
    }

    private static float LeastOf(FocusSection? focus) =>
        focus is null ? float.PositiveInfinity : Logistic.Logit(focus.Threshold);

    private static Proposal[] FocusCandidates(ScalePass pass, ScaleStep? closer, FocusSection? focus)
    {
        return closer is null || focus is null ? [] : [.. pass.OwnProposals(LeastOf(focus), closer.InBand)];
    }

    private ScalePass RunPass(
        Picture picture, ScaleStep step, View view, bool mirrored, float least, EarlyProposals? early,
        CancellationToken cancellationToken)
    {
        var byTile = new List<PassProposal>[view.Tiles.Count];
        void SearchTile(int i, OnnxModel network, int threads)
        {
            var tile = view.Tiles[i];
            byTile[i] = [];
            foreach (var proposal in RunTile(network, threads, picture, tile, mirrored, least))
            {
                var box = tile.ToPicture(proposal.Box);
                if (tile.Keeps(proposal.Box) && box.Clip(picture.Width, picture.Height) is { IsValid: true } inside)
                {
                    byTile[i].Add(new PassProposal(proposal with { Box = inside }, box.LongerSide));
                }
            }

            early?.EndTile(view.Tiles.Count, byTile[i].Where(found => step.InBand(found.LongerSide)));
        }

        if (AtOnce(view.Tiles, _cores, ProcessorFeatures.Current) is var parallel and > 1
            && _bundle.SingleProposals is { } single)
        {
            Parallel(view.Tiles.Count, parallel, i => SearchTile(i, single, 1), cancellationToken);
        }
        else
        {
            for (var i = 0; i < byTile.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                SearchTile(i, _network, _threads);
            }
        }

        var whole = step.Focus is null && !mirrored;
        return new ScalePass(step, whole ? null : view.Tiles, view.Taken, [.. byTile.SelectMany(found => found)]);
    }

    /// <summary>
    /// How many tiles to search at once, one thread each: one per core, or one after the other. A run on two cores
    /// waits at the end of each of its hundred layers, so with VNNI a tile of 128 px takes as long on two as on one,
    /// and one of 1024x768 px 0.57 of it. Without VNNI layers take long enough for two cores to share them: nothing
    /// is gained, for twice the memory.
    /// </summary>
    internal static int AtOnce(IReadOnlyList<Tile> tiles, int cores, ProcessorFeatures processor)
    {
        return processor.Vnni && tiles.Count >= cores && cores * tiles.Max(Pixels) <= MostPixelsAtOnce ? cores : 1;

        static long Pixels(Tile tile) => (long)tile.Columns.Length * tile.Rows.Length;
    }

    private static void Parallel(int count, int parallel, Action<int> run, CancellationToken cancellationToken)
    {
        try
        {
            System.Threading.Tasks.Parallel.ForEach(
                Partitioner.Create(Enumerable.Range(0, count), EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken },
                run);
        }
        catch (AggregateException faults)
        {
            // The result is the same as for one after another.
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
    }

    // Runs the network over one tile: every anchor with at least some logit, boxes in pixels of the tile.
    private List<Proposal> RunTile(
        OnnxModel network, int threads, Picture picture, in Tile tile, bool mirrored, float least)
    {
        int width = tile.Columns.Length, height = tile.Rows.Length;
        var length = 3 * width * height;
        var pixels = ArrayPool<float>.Shared.Rent(length);
        try
        {
            // If the tile is larger than the image, edge pixels are repeated: black bars would look like an edge.
            Resampler.Crop(picture, tile.Region, width, height, pixels.AsMemory(0, length), threads);
            if (mirrored)
            {
                PixelTensor.Mirror(pixels.AsSpan(0, length), width);
            }

            using var outputs = network.Run(
                _section.Input, pixels.AsMemory(0, length), [1, 3, height, width], _outputs);
            var found = Decode(outputs, height, width, least);
            return mirrored ? found.ConvertAll(proposal => proposal with { Box = proposal.Box.Mirror(width) }) : found;
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

    private Proposal[] Suppress(List<ScalePass> passes)
    {
        var kept = _averaging is null ? Keep(passes) : _averaging.Merge(passes, _minLogit);
        var whole = _detection.PartWithin is { } within
            ? Array.ConvertAll(
                FaceParts.Without(
                    Array.ConvertAll(kept, proposal => proposal.Box),
                    Array.ConvertAll(kept, proposal => proposal.Logit), within),
                index => kept[index])
            : kept;
        return whole.Length > _detection.MaxProposals ? whole[.._detection.MaxProposals] : whole;
    }

    // One suppression over all passes: the highest score of a place counts.
    private Proposal[] Keep(List<ScalePass> passes)
    {
        List<Proposal> proposals = [.. passes.SelectMany(pass => pass.Proposals(_minLogit, pass.Step.InBand))];
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
