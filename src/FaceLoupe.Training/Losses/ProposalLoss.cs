using FaceLoupe.Training.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Losses;

/// <summary>Ground truth of a batch's anchors.</summary>
/// <param name="Labels">
/// N x T: 1 face, 0 background, -1 don't care, between 0 and 1 the chance of a face; T counts all anchors in the order
/// of the branches.
/// </param>
/// <param name="Deltas">N x T x 4 box deltas, read where the label is above 0.3.</param>
/// <param name="Complete">N x 1: 1 where every face has a box, 0 where some likely have none; null: all have.</param>
internal sealed record AnchorTruth(Tensor Labels, Tensor Deltas, Tensor? Complete = null);

/// <summary>The baseline detector's loss: classification with online hard negatives, and smooth L1.</summary>
internal static class ProposalLoss
{
    // For soft labels: below the first there is no box loss, below the second no hard negatives are added.
    private const double LikelyFace = 0.3;
    private const double PossibleFace = 0.1;

    /// <summary>Both parts of one batch.</summary>
    /// <param name="outputs">The branches' raw outputs.</param>
    /// <param name="truth">The ground truth of all anchors.</param>
    /// <param name="negativesPerPositive">Hardest background anchors kept per face anchor; 3 by convention.</param>
    /// <param name="regressionWeight">Weight of the mean smooth L1; 4 for its sum over the four deltas.</param>
    public static LossSum Of(
        ProposalOutput[] outputs, AnchorTruth truth, double negativesPerPositive, double regressionWeight = 1)
    {
        var (logits, deltas) = (FlattenScores(outputs), FlattenDeltas(outputs));
        var faces = truth.Labels.IsAbove(LikelyFace);
        var positives = truth.Labels.IsAbove(PossibleFace).sum().item<long>();
        var likely = faces.sum().item<long>();

        return new LossSum()
            .Add("classification", 1, () => Classification(logits, truth, positives, negativesPerPositive))
            .Add("regression", regressionWeight, () => Deltas(deltas, truth.Deltas, faces, likely));
    }

    /// <summary>N x T logits of all anchors, in the order of the branches.</summary>
    public static Tensor FlattenScores(ProposalOutput[] outputs) =>
        cat([.. outputs.Select(o => o.Scores.flatten(1))], 1);

    /// <summary>N x T x 4 box deltas of all anchors, in the same order.</summary>
    public static Tensor FlattenDeltas(ProposalOutput[] outputs) => cat([.. outputs.Select(FlattenDeltas)], 1);

    private static Tensor Classification(Tensor logits, AnchorTruth truth, long positives, double negativesPerPositive)
    {
        var labels = truth.Labels;
        var each = functional.binary_cross_entropy_with_logits(logits, labels.Clamp(0, 1), reduction: Reduction.None);
        var background = labels.IsEqualTo(0);
        if (truth.Complete is { } complete)
        {
            // Where boxes are missing, what the network takes for a face may be one.
            background = background.logical_and(
                complete.IsEqualTo(1).logical_or(logits.detach().IsAbove(0).logical_not()));
        }

        return Balanced(each, labels.IsAbove(0), background, positives, negativesPerPositive);
    }

    /// <summary>The mean loss of the faces plus the weighted mean of the hardest background anchors.</summary>
    /// <param name="each">N x T losses.</param>
    /// <param name="faces">N x T: which anchors are faces.</param>
    /// <param name="background">N x T: which may be among the hardest.</param>
    /// <param name="positives">Number of faces.</param>
    /// <param name="negativesPerPositive">Background anchors kept per face.</param>
    public static Tensor Balanced(
        Tensor each, Tensor faces, Tensor background, long positives, double negativesPerPositive)
    {
        var ofFaces = (each * faces).sum();

        // The hardest negatives of the whole batch, so that empty images use the quota of full ones.
        var kept = Math.Max((long)(negativesPerPositive * positives), 16 * each.shape[0]);
        var negatives = (each * background).flatten();
        var (hardest, _) = negatives.topk((int)Math.Min(kept, negatives.shape[0]));
        return ofFaces.Times(1.0 / Math.Max(positives, 1))
            .Add(hardest.sum().Times(negativesPerPositive / Math.Max(kept, 1)));
    }

    /// <summary>Mean smooth L1 of the box deltas of some anchors; 0 without any.</summary>
    /// <param name="deltas">N x T x 4 box deltas.</param>
    /// <param name="expected">The expected ones.</param>
    /// <param name="of">N x T: which anchors count.</param>
    /// <param name="count">How many they are.</param>
    public static Tensor Deltas(Tensor deltas, Tensor expected, Tensor of, long count) => count == 0
        ? deltas.Times(0).sum()
        : functional.smooth_l1_loss(deltas[of], expected[of], Reduction.Sum).Times(0.25 / count);

    /// <summary>N x 4A x H x W to N x (A H W) x 4, the order of the flattened scores.</summary>
    private static Tensor FlattenDeltas(ProposalOutput output)
    {
        var (n, h, w) = (output.Deltas.shape[0], output.Deltas.shape[2], output.Deltas.shape[3]);
        return output.Deltas.reshape(n, -1, 4, h, w).permute(0, 1, 3, 4, 2).reshape(n, -1, 4);
    }
}
