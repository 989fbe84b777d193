using FaceLoupe.Training.Networks;
using static FaceLoupe.Training.Compression.Pruning.ChannelImportance;
using static TorchSharp.torch;

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
        stem = Best(Energy(x) * Reading(all[0][0]), small.Width).DetachFromDisposeScope();
        stages = new Tensor[all.Length];
        blocks = new KeptBlock[all.Length][];
        outputs = new Tensor[all.Length];
        for (var stage = 0; stage < all.Length; stage++)
        {
            (blocks[stage], x, var energy) = Choose(all[stage], x, small.InnerChannels(stage + 1), small.Blocks[stage]);
            var reading = all[stage].Skip(1).Concat(all.Skip(stage + 1).Take(1).Select(next => next[0])).Select(Reading)
                .Concat(readOutside(stage) is { } more ? [more] : [])
                .Aggregate((a, b) => a.Add(b));
            stages[stage] = Best(energy * reading, small.OutChannels(stage + 1)).DetachFromDisposeScope();
            outputs[stage] = x.MoveToOuterDisposeScope();
        }
    }

    /// <summary>The channels of each stage that are kept, ascending indices.</summary>
    public IReadOnlyList<Tensor> StageChannels => stages;

    /// <summary>
    /// Whether a trunk is a part of another: the same kind of blocks and number of stages, nothing wider or deeper. The
    /// stem's kernel may differ if the small one gets images of half the size.
    /// </summary>
    public static bool Fits(ResNetOptions large, ResNetOptions small, bool halved = false) =>
        large.Block == small.Block && large.Blocks.Count == small.Blocks.Count && small.Width <= large.Width
        && large.Norm != NormMode.None && small.Norm != NormMode.None
        && (halved || (large.StemKernel == small.StemKernel && large.StemMaxPool == small.StemMaxPool))
        && Enumerable.Range(1, large.Blocks.Count).All(stage =>
            small.InnerChannels(stage) <= large.InnerChannels(stage)
                && small.Blocks[stage - 1] <= large.Blocks[stage - 1]);

    /// <summary>Puts the kept weights into a trunk of the small shape.</summary>
    /// <param name="small">The trunk.</param>
    /// <param name="halved">Whether it gets images of half the size.</param>
    public void Fill(ResNetTrunk small, bool halved)
    {
        using var scope = NewDisposeScope();
        small.Stem.Load(large.Stem, stem, arange(3, ScalarType.Int64), halved);
        var input = stem;
        foreach (var ((stage, source), index) in small.Stages.Zip(large.Stages).Select((pair, index) => (pair, index)))
        {
            var from = source.ToArray();
            foreach (var (block, kept) in stage.Zip(blocks[index]))
            {
                kept.Fill(block, from[kept.Index], input, stages[index]);
                input = stages[index];
            }
        }
    }

    // A stage keeps its first block, which changes stride and width, and those that change their input most.
    private static (KeptBlock[] Kept, Tensor Output, Tensor Energy) Choose(
        TrunkBlock[] stage, Tensor input, int inner, int count)
    {
        var (x, energy) = (input, (Tensor?)null);
        var candidates = new List<(KeptBlock Block, double Change)>();
        for (var i = 0; i < stage.Length; i++)
        {
            var (y, channels, body) = (x, new List<Tensor>(), stage[i].Body);
            foreach (var (layer, next) in body.Zip(body.Skip(1)))
            {
                y = layer.forward(y);
                channels.Add(Best(Energy(y) * Reading(next), inner).DetachFromDisposeScope());
            }

            var output = stage[i].Join(body[^1].forward(y), x);
            var change = i == 0
                ? double.PositiveInfinity
                : Energy(output.Subtract(x)).sum().item<float>() / Energy(x).sum().item<float>();
            candidates.Add((new KeptBlock(i, [.. channels]), change));
            var own = Energy(output);
            energy = energy?.Add(own) ?? own;
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
        public void Fill(TrunkBlock small, TrunkBlock large, Tensor input, Tensor output)
        {
            Tensor[] ends = [input, .. Between, output];
            for (var i = 0; i < small.Body.Length; i++)
            {
                small.Body[i].Load(large.Body[i], ends[i + 1], ends[i]);
            }

            small.Downsample?.Load(large.Downsample!, output, input);
        }
    }
}
