using FaceLoupe.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Losses;

/// <summary>
/// What a small MB-FCN learns from a large one with the same anchors: its probabilities, which tell more than "face or not"
/// (how sure, and of which neighbours), and its shifts. The paper trains one size only; this is ours.
/// </summary>
internal static class DistillationLoss
{
    // Below this the teacher means background, of which there is far too much: the worst disagreements are kept.
    private const double FaceLike = 0.1;

    // Where the teacher is as sure as this, its shift is worth copying.
    private const double Sure = 0.5;

    /// <summary>Both parts of one batch.</summary>
    /// <param name="student">The learning network's raw outputs.</param>
    /// <param name="teacher">The trained network's raw outputs for the same pictures; nothing is differentiated by them.</param>
    /// <param name="negativesPerPositive">Background anchors kept per face-like one, worst disagreement first.</param>
    public static LossSum Of(ProposalOutput[] student, ProposalOutput[] teacher, double negativesPerPositive)
    {
        var (logits, taught) = (ProposalLoss.FlattenScores(student), ProposalLoss.FlattenScores(teacher).detach());
        var chance = taught.sigmoid();
        return new LossSum()
            .Add("taught", 1, () => Scores(logits, taught, chance, negativesPerPositive))
            .Add("taughtShift", 1, () => Shifts(
                ProposalLoss.FlattenDeltas(student), ProposalLoss.FlattenDeltas(teacher).detach(), chance.IsAbove(Sure)));
    }

    // The divergence of two answers, 0 where they agree.
    private static Tensor Scores(Tensor logits, Tensor taught, Tensor chance, double negativesPerPositive)
    {
        var each = functional.binary_cross_entropy_with_logits(logits, chance, reduction: Reduction.None)
            .Subtract(functional.binary_cross_entropy_with_logits(taught, chance, reduction: Reduction.None));
        var faceLike = chance.IsAbove(FaceLike);
        var count = faceLike.sum().item<long>();
        var ofFaces = (each * faceLike).sum();
        var wanted = Math.Max((long)(negativesPerPositive * count), 16 * logits.shape[0]);
        var background = (each * faceLike.logical_not()).flatten();
        var (worst, _) = background.topk((int)Math.Min(wanted, background.shape[0]));
        return ofFaces.Times(1.0 / Math.Max(count, 1)).Add(worst.sum().Times(negativesPerPositive / Math.Max(wanted, 1)));
    }

    private static Tensor Shifts(Tensor deltas, Tensor taught, Tensor sure)
    {
        var count = sure.sum().item<long>();
        return count == 0
            ? deltas.Times(0).sum()
            : functional.smooth_l1_loss(deltas[sure], taught[sure], Reduction.Sum).Times(0.25 / count);
    }
}
