using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Samples;
using static FaceLoupe.Training.Compression.Pruning.ChannelImportance;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Compression.Pruning;

/// <summary>The part of a trained MB-FCN with which a smaller one is initialised.</summary>
internal sealed class ProposalPruning
{
    // Canvases on which the importance of channels is measured, and on which layers are fitted.
    private const int MeasuredCanvases = 32;
    private const int FittedCanvases = 48;

    private readonly ProposalNetwork large;
    private readonly Func<Tensor> fitted;
    private readonly TrunkPruning trunk;
    private readonly KeptBranch[] branches;

    /// <param name="large">The trained network, unchanged.</param>
    /// <param name="small">The shape to prune to; its shrink may be larger.</param>
    /// <param name="measured">Typical inputs of the large network to choose channels by, N x 3 x H x W.</param>
    /// <param name="fitted">Makes more of them, on which the layers are fitted.</param>
    /// <exception cref="FaceLoupeException">The small network is not a part of the large one.</exception>
    public ProposalPruning(
        ProposalNetwork large, ProposalNetworkOptions small, Tensor measured, Func<Tensor> fitted)
    {
        (this.large, this.fitted) = (large, fitted);
        if (!Fits(large.Options, small))
        {
            throw new FaceLoupeException(
                "proposals.teacher.cut: this proposalNetwork is not a part of the teacher's. Expected: the same kind "
                + "of blocks and of first shortcut, number of stages, contextKernel and (with the same shrink) stem; "
                + "no width and no number of blocks larger; norm batch or frozen.");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        trunk = new TrunkPruning(
            large.Trunk, small.Trunk, large.Shrink(measured),
            stage => large.Branches.Select(branch => Reading(branch.Laterals[stage])).Aggregate((a, b) => a.Add(b)),
            out var outputs);
        branches = [.. large.Branches.Select(branch => Choose(branch, outputs, small))];
    }

    /// <summary>Prunes on canvases: the same ones in a resumed run, whatever its batch size.</summary>
    /// <param name="large">The trained network, unchanged.</param>
    /// <param name="small">The shape to prune to; its shrink may be larger.</param>
    /// <param name="sampler">Makes the canvases.</param>
    /// <param name="size">Their side, px.</param>
    /// <exception cref="FaceLoupeException">The small network is not a part of the large one.</exception>
    public static ProposalPruning Of(
        ProposalNetwork large, ProposalNetworkOptions small, CanvasSampler sampler, int size)
    {
        using var scope = NewDisposeScope();
        return new ProposalPruning(large, small, First(MeasuredCanvases), () => First(FittedCanvases));

        Tensor First(int count) => tensor(BatchPixels.First(sampler, count, size), [count, 3, size, size]);
    }

    /// <summary>The channels of each trunk stage that are kept, ascending indices.</summary>
    public IReadOnlyList<Tensor> StageChannels => trunk.StageChannels;

    /// <summary>
    /// Puts the kept weights into a network of the small shape and fits its layers, one after the other, to what the
    /// large one says (<see cref="LayerRegression"/>). It is in evaluation mode afterwards; both are on the CPU.
    /// </summary>
    public void Fill(ProposalNetwork small)
    {
        Load(small);
        Refit(small);
    }

    /// <summary>Puts the kept weights into a network of the small shape as they are.</summary>
    internal void Load(ProposalNetwork small)
    {
        using var scope = NewDisposeScope();
        trunk.Load(small.Trunk, large.Options.Shrink < small.Options.Shrink);
        foreach (var ((branch, source), kept) in small.Branches.Zip(large.Branches).Zip(branches))
        {
            for (var stage = 0; stage < source.Laterals.Count; stage++)
            {
                branch.Laterals[stage].Load(source.Laterals[stage], kept.Skip, StageChannels[stage]);
            }

            branch.Mix.Load(source.Mix, kept.Mix, kept.Skip);
            branch.Reduce.Load(source.Reduce, kept.Reduce, kept.Mix);
            branch.Scores.Load(source.Scores, arange(source.Scores.OutChannels, ScalarType.Int64), kept.Reduce);
            branch.Deltas.Load(source.Deltas, arange(source.Deltas.OutChannels, ScalarType.Int64), kept.Reduce);
        }
    }

    private void Refit(ProposalNetwork small)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        small.eval();
        var canvases = fitted();
        var (outputs, now) = trunk.Refit(small.Trunk, large.Shrink(canvases), small.Shrink(canvases));
        foreach (var ((branch, source), kept) in small.Branches.Zip(large.Branches).Zip(branches))
        {
            using var one = NewDisposeScope();
            for (var stage = 0; stage < source.Laterals.Count; stage++)
            {
                LayerRegression.Fit(
                    branch.Laterals[stage], branch.Enter(now, stage),
                    source.Laterals[stage].forward(source.Enter(outputs, stage)).index_select(1, kept.Skip));
            }

            var (x, y) = (source.Gather(outputs), branch.Gather(now));
            (x, y) = LayerRegression.Follow(branch.Mix, source.Mix, x, y, kept.Mix);
            (x, y) = LayerRegression.Follow(branch.Reduce, source.Reduce, x, y, kept.Reduce);
            LayerRegression.Fit(branch.Scores, y, source.Scores.forward(x));
            LayerRegression.Fit(branch.Deltas, y, source.Deltas.forward(x));
        }
    }

    private static bool Fits(ProposalNetworkOptions large, ProposalNetworkOptions small) =>
        TrunkPruning.Fits(large.Trunk, small.Trunk, halved: small.Shrink > large.Shrink)
        && small.Shrink >= large.Shrink && large.ContextKernel == small.ContextKernel
        && small.SkipWidth <= large.SkipWidth && small.HeadWidth <= large.HeadWidth;

    private static KeptBranch Choose(ProposalBranch branch, Tensor[] stages, ProposalNetworkOptions small)
    {
        var sum = branch.Gather(stages);
        var mixed = branch.Mix.forward(sum);
        var reduced = branch.Reduce.forward(mixed);
        return new KeptBranch(
            Best(Energy(sum) * Reading(branch.Mix), small.SkipWidth).DetachFromDisposeScope(),
            Best(Energy(mixed) * Reading(branch.Reduce), small.SkipWidth).DetachFromDisposeScope(),
            Best(Energy(reduced) * Reading(branch.Scores).Add(Reading(branch.Deltas)), small.HeadWidth)
                .DetachFromDisposeScope());
    }

    private sealed record KeptBranch(Tensor Skip, Tensor Mix, Tensor Reduce);
}
