using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Regions;
using static FaceLoupe.Training.Compression.Pruning.ChannelImportance;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Compression.Pruning;

/// <summary>The part of a trained discriminator with which a smaller one is initialised.</summary>
internal sealed class DiscriminatorPruning
{
    // RoIs on which the importance of channels is measured.
    private const int MeasuredRegions = 128;

    private readonly DiscriminatorNetwork large;
    private readonly TrunkPruning trunk;

    /// <param name="large">The trained network, unchanged.</param>
    /// <param name="small">The shape to prune to.</param>
    /// <param name="regions">Typical inputs, N x 3 x H x W.</param>
    /// <exception cref="FaceLoupeException">The small network is not a part of the large one.</exception>
    public DiscriminatorPruning(DiscriminatorNetwork large, DiscriminatorOptions small, Tensor regions)
    {
        this.large = large;
        if (!TrunkPruning.Fits(large.Options.Trunk, small.Trunk))
        {
            throw new FaceLoupeException(
                "gan.teacher.cut: this discriminatorNetwork is not a part of the teacher's. Expected: the same kind of "
                + "blocks, number of stages and stem; no width and no number of blocks larger; norm batch or frozen.");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var last = large.Options.Trunk.Blocks.Count - 1;
        trunk = new TrunkPruning(
            large.Trunk, small.Trunk, regions,
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
        var native = regions.Native.Count == 0 ? 0 : MeasuredRegions / 2;
        var batch = RegionBatch.Draw(regions, MeasuredRegions - native, native, seed, step: 0);
        return new DiscriminatorPruning(large, small, batch.High());
    }

    /// <summary>The channels of each trunk stage that are kept, ascending indices.</summary>
    public IReadOnlyList<Tensor> StageChannels => trunk.StageChannels;

    private int Cells => large.Options.LandmarkCells * large.Options.LandmarkCells;

    /// <summary>Puts the kept weights into a network of the small shape.</summary>
    public void Fill(DiscriminatorNetwork small)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        trunk.Fill(small.Trunk, halved: false);
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
