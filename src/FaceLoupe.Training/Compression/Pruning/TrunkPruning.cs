using FaceLoupe.Training.Networks;
using static FaceLoupe.Training.Compression.Pruning.ChannelImportance;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Compression.Pruning;

/// <summary>
/// Chooses the blocks and channels of a trained trunk with which a smaller one is initialised: the most important ones
/// (<see cref="ChannelImportance"/>). Not in the paper; see docs/decisions/0013.
/// </summary>
internal sealed class TrunkPruning
{
    private readonly ResNetTrunk large;
    private readonly Tensor stem;
    private readonly Tensor[] stages;
    private readonly KeptBlock[][] blocks;

    /// <param name="large">The trained trunk, unchanged.</param>
    /// <param name="small">The shape to prune to (<see cref="Fits"/>).</param>
    /// <param name="inputs">Typical inputs of the large trunk, N x 3 x H x W.</param>
    /// <param name="readOutside">Importance of a stage's channels (stage from 0) outside the trunk; null: none.</param>
    /// <param name="outputs">The large trunk's stage outputs for the inputs.</param>
    public TrunkPruning(
        ResNetTrunk large, ResNetOptions small, Tensor inputs, Func<int, Tensor?> readOutside, out Tensor[] outputs)
    {
        this.large = large;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var x = large.Enter(inputs);
        TrunkBlock[][] all = [.. large.Stages.Select(stage => stage.ToArray())];
        var entering = Energy(x) * Reading(all[0][0]);

        // Without a convolution in the first shortcut, the stem's channels are those that the first stage adds to.
        var hasBareShortcut = all[0][0].Downsample is null;
        stages = new Tensor[all.Length];
        blocks = new KeptBlock[all.Length][];
        outputs = new Tensor[all.Length];
        for (var stage = 0; stage < all.Length; stage++)
        {
            (blocks[stage], x, var energy) = Choose(all[stage], x, small.InnerChannels(stage + 1), small.Blocks[stage]);
            var reading = all[stage].Skip(1).Concat(all.Skip(stage + 1).Take(1).Select(next => next[0])).Select(Reading)
                .Concat(readOutside(stage) is { } more ? [more] : [])
                .Aggregate((a, b) => a.Add(b));
            var importance = energy * reading;
            if (stage == 0 && hasBareShortcut)
            {
                importance = importance.Add(entering);
            }

            stages[stage] = Best(importance, small.OutChannels(stage + 1)).DetachFromDisposeScope();
            outputs[stage] = x.MoveToOuterDisposeScope();
        }

        stem = hasBareShortcut ? stages[0] : Best(entering, small.Width).DetachFromDisposeScope();
    }

    /// <summary>The channels of each stage that are kept, ascending indices.</summary>
    public IReadOnlyList<Tensor> StageChannels => stages;

    /// <summary>
    /// Whether a trunk is a part of another: the same kind of blocks, shortcuts and number of stages, nothing wider or
    /// deeper. The stem's kernel may differ if the small one gets images of half the size.
    /// </summary>
    public static bool Fits(ResNetOptions large, ResNetOptions small, bool halved = false) =>
        large.Block == small.Block && large.Blocks.Count == small.Blocks.Count && small.Width <= large.Width
        && (large.Width == large.OutChannels(1)) == (small.Width == small.OutChannels(1))
        && large.Norm != NormMode.None && small.Norm != NormMode.None
        && (halved || (large.StemKernel == small.StemKernel && large.StemMaxPool == small.StemMaxPool))
        && Enumerable.Range(1, large.Blocks.Count).All(stage =>
            small.InnerChannels(stage) <= large.InnerChannels(stage)
                && small.OutChannels(stage) <= large.OutChannels(stage)
                && small.Blocks[stage - 1] <= large.Blocks[stage - 1]);

    /// <summary>Puts the kept weights into a trunk of the small shape.</summary>
    /// <param name="small">The trunk.</param>
    /// <param name="halved">Whether it gets images of half the size.</param>
    public void Load(ResNetTrunk small, bool halved)
    {
        using var scope = NewDisposeScope();
        small.Stem.Load(large.Stem, stem, arange(3, ScalarType.Int64), halved);
        var input = stem;
        foreach (var ((stage, source), index) in small.Stages.Zip(large.Stages).Select((pair, index) => (pair, index)))
        {
            var from = source.ToArray();
            foreach (var (block, kept) in stage.Zip(blocks[index]))
            {
                kept.Load(block, from[kept.Index], input, stages[index]);
                input = stages[index];
            }
        }
    }

    /// <summary>
    /// Fits the loaded trunk to the large one on typical inputs, layer by layer: every layer comes near to what the
    /// kept channels are in the large trunk, from what the layers before it now give, and the last one of a block also
    /// makes up for its shortcut and for dropped blocks behind it.
    /// </summary>
    /// <param name="small">The trunk, in evaluation mode.</param>
    /// <param name="largeInput">Typical inputs of the large trunk, N x 3 x H x W.</param>
    /// <param name="smallInput">The same images as the small one receives them.</param>
    /// <returns>The stage outputs of the large and of the small trunk.</returns>
    public (Tensor[] Large, Tensor[] Small) Refit(ResNetTrunk small, Tensor largeInput, Tensor smallInput)
    {
        FitStem(small, largeInput, smallInput);
        var (x, y) = (large.Enter(largeInput), small.Enter(smallInput));
        var (outputs, fitted) = (new List<Tensor>(), new List<Tensor>());
        foreach (var ((stage, source), index) in small.Stages.Zip(large.Stages).Select((pair, index) => (pair, index)))
        {
            var (from, kept) = (source.ToArray(), blocks[index]);
            foreach (var (block, i) in stage.Select((block, i) => (block, i)))
            {
                var end = i + 1 < kept.Length ? kept[i + 1].Index : from.Length;
                var (next, fit) = kept[i].Refit(block, from[kept[i].Index..end], x, y, stages[index]);
                if (i > 0)
                {
                    x.Dispose();
                    y.Dispose();
                }

                (x, y) = (next, fit);
            }

            outputs.Add(x);
            fitted.Add(y);
        }

        return ([.. outputs], [.. fitted]);
    }

    // Only the large trunk pools if the small one gets images of half the size; the pool may as well precede the ReLU.
    private void FitStem(ResNetTrunk small, Tensor largeInput, Tensor smallInput)
    {
        using var scope = NewDisposeScope();
        var target = large.Stem.BeforeRelu(largeInput).index_select(1, stem);
        LayerRegression.Fit(
            small.Stem, smallInput,
            large.Options.StemMaxPool && !small.Options.StemMaxPool ? functional.max_pool2d(target, 3, 2, 1) : target);
    }

    // A stage keeps its first block, which changes stride and width, and those that change their input most.
    private static (KeptBlock[] Kept, Tensor Output, Tensor Energy) Choose(
        TrunkBlock[] stage, Tensor input, int inner, int count)
    {
        var (x, energy) = (input, (Tensor?)null);
        var candidates = new List<(KeptBlock Block, double Change)>();
        for (var i = 0; i < stage.Length; i++)
        {
            using var one = NewDisposeScope();
            var (y, channels, body) = (x, new List<Tensor>(), stage[i].Body);
            foreach (var (layer, next) in body.Zip(body.Skip(1)))
            {
                y = layer.forward(y);
                channels.Add(Best(Energy(y) * Reading(next), inner).DetachFromDisposeScope());
            }

            var output = stage[i].Join(body[^1].forward(y), x).MoveToOuterDisposeScope();
            var change = i == 0
                ? double.PositiveInfinity
                : Energy(output.Subtract(x)).sum().item<float>() / Energy(x).sum().item<float>();
            candidates.Add((new KeptBlock(i, [.. channels]), change));
            var own = Energy(output);
            energy = (energy?.Add(own) ?? own).MoveToOuterDisposeScope();
            x = output;
        }

        KeptBlock[] kept =
        [
            .. candidates.OrderByDescending(c => c.Change).Take(count).Select(c => c.Block).OrderBy(b => b.Index),
        ];
        return (kept, x, energy!);
    }

    /// <summary>A block by its number in the large stage, and the channels kept between its convolutions.</summary>
    private sealed record KeptBlock(int Index, Tensor[] Between)
    {
        public void Load(TrunkBlock small, TrunkBlock large, Tensor input, Tensor output)
        {
            Tensor[] ends = [input, .. Between, output];
            for (var i = 0; i < small.Body.Length; i++)
            {
                small.Body[i].Load(large.Body[i], ends[i + 1], ends[i]);
            }

            small.Downsample?.Load(large.Downsample!, output, input);
        }

        // large: the kept block, then the dropped ones behind it. Returns the outputs of both trunks after them.
        public (Tensor Large, Tensor Small) Refit(
            TrunkBlock small, TrunkBlock[] large, Tensor x, Tensor y, Tensor output)
        {
            using var scope = NewDisposeScope();
            if (small.Downsample is { } shortcut)
            {
                LayerRegression.Fit(shortcut, y, large[0].Downsample!.BeforeRelu(x).index_select(1, output));
            }

            var (wanted, inner) = (x, y);
            for (var i = 0; i < Between.Length; i++)
            {
                (wanted, inner) = LayerRegression.Follow(
                    small.Body[i], large[0].Body[i], wanted, inner, Between[i]);
            }

            // Where the dropped blocks end in zeros, it is enough to be as far below as the kept one is.
            var sum = large[0].Body[^1].BeforeRelu(wanted).Add(large[0].Shortcut(x));
            x = sum.relu();
            foreach (var dropped in large[1..])
            {
                var next = dropped.BeforeRelu(x);
                sum = next.where(next.IsAbove(0), minimum(next, sum));
                x = next.relu();
            }

            LayerRegression.Fit(small.Body[^1], inner, sum.index_select(1, output).Subtract(small.Shortcut(y)));
            return (x.MoveToOuterDisposeScope(), small.forward(y).MoveToOuterDisposeScope());
        }
    }
}
