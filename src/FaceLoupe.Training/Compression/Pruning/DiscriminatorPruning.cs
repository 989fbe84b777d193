using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Regions;
using static FaceLoupe.Training.Compression.Pruning.ChannelImportance;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Compression.Pruning;

/// <summary>The part of a trained discriminator with which a smaller one is initialised.</summary>
internal sealed class DiscriminatorPruning
{
    // RoIs on which the importance of channels is measured, and on which layers are fitted: many, as the last stage has
    // few cells.
    private const int MeasuredRegions = 128;
    private const int FittedRegions = 1024;

    private readonly DiscriminatorNetwork large;
    private readonly Func<Tensor> fitted;
    private readonly TrunkPruning trunk;

    /// <param name="large">The trained network, unchanged.</param>
    /// <param name="small">The shape to prune to.</param>
    /// <param name="measured">Typical inputs to choose channels by, N x 3 x H x W.</param>
    /// <param name="fitted">Makes more of them, on which the layers are fitted.</param>
    /// <exception cref="FaceLoupeException">The small network is not a part of the large one.</exception>
    public DiscriminatorPruning(
        DiscriminatorNetwork large, DiscriminatorOptions small, Tensor measured, Func<Tensor> fitted)
    {
        (this.large, this.fitted) = (large, fitted);
        if (!TrunkPruning.Fits(large.Options.Trunk, small.Trunk))
        {
            throw new FaceLoupeException(
                "gan.teacher.cut: this discriminatorNetwork is not a part of the teacher's. Expected: the same kind of "
                + "blocks and of first shortcut, number of stages and stem; no width and no number of blocks larger; "
                + "norm batch or frozen.");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var last = large.Options.Trunk.Blocks.Count - 1;
        trunk = new TrunkPruning(
            large.Trunk, small.Trunk, measured,
            stage => stage == last ? large.Heads.Select(Reading).Aggregate((a, b) => a.Add(b)) : null, out _);
    }

    /// <summary>Prunes on mined RoIs: the same ones in a resumed run, whatever its batch size.</summary>
    /// <param name="large">The trained network, unchanged.</param>
    /// <param name="small">The shape to prune to.</param>
    /// <param name="regions">The training RoIs.</param>
    /// <param name="seed">Decides which of them.</param>
    /// <exception cref="FaceLoupeException">The small network is not a part of the large one.</exception>
    public static DiscriminatorPruning Of(
        DiscriminatorNetwork large, DiscriminatorOptions small, RegionFile regions, ulong seed)
    {
        using var scope = NewDisposeScope();
        return new DiscriminatorPruning(large, small, Draw(MeasuredRegions), () => Draw(FittedRegions));

        Tensor Draw(int count)
        {
            var native = regions.Native.Count == 0 ? 0 : count / 2;
            return RegionBatch.Draw(regions, count - native, native, seed, step: 0).High();
        }
    }

    /// <summary>The channels of each trunk stage that are kept, ascending indices.</summary>
    public IReadOnlyList<Tensor> StageChannels => trunk.StageChannels;

    private int Cells => large.Options.LandmarkCells * large.Options.LandmarkCells;

    /// <summary>
    /// Puts the kept weights into a network of the small shape and fits its trunk, layer by layer, to the large one
    /// (<see cref="LayerRegression"/>). It is in evaluation mode afterwards; both are on the CPU.
    /// </summary>
    public void Fill(DiscriminatorNetwork small)
    {
        Load(small);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        small.eval();
        var regions = fitted();
        trunk.Refit(small.Trunk, regions, regions);
    }

    /// <summary>Puts the kept weights into a network of the small shape as they are.</summary>
    internal void Load(DiscriminatorNetwork small)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        trunk.Load(small.Trunk, halved: false);
        foreach (var (head, source) in small.Heads.Zip(large.Heads))
        {
            head.weight!.copy_(source.weight!.index_select(1, StageChannels[^1]));
            head.bias!.copy_(source.bias!);
        }

        if (small.LandmarkHead is { } landmarks && large.LandmarkHead is { } trained
            && small.Options.LandmarkCells == large.Options.LandmarkCells)
        {
            // Channel by channel, with all cells of each.
            var weight = trained.weight!.reshape(landmarks.weight!.shape[0], trained.weight.shape[1] / Cells, Cells);
            landmarks.weight!.copy_(weight.index_select(1, StageChannels[^1]).flatten(1));
            landmarks.bias!.copy_(trained.bias!);
        }
    }
}
