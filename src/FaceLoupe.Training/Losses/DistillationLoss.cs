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

    /// <summary>Adds both parts of one batch to the loss of the annotations.</summary>
    /// <param name="loss">Takes them.</param>
    /// <param name="student">The learning network's raw outputs.</param>
    /// <param name="teacher">The trained network's raw outputs for the same pictures; nothing is differentiated by them.</param>
    /// <param name="negativesPerPositive">Background anchors kept per face-like one, worst disagreement first.</param>
    /// <param name="weight">Of each part.</param>
    public static LossSum AddTo(
        LossSum loss, ProposalOutput[] student, ProposalOutput[] teacher, double negativesPerPositive, double weight)
    {
        var (logits, taught) = (ProposalLoss.FlattenScores(student), ProposalLoss.FlattenScores(teacher).detach());
        var chance = taught.sigmoid();
        return loss
            .Add("taught", weight, () => Scores(logits, taught, chance, negativesPerPositive))
            .Add("taughtShift", weight, () =>
            {
                var sure = chance.IsAbove(Sure);
                return ProposalLoss.Shifts(
                    ProposalLoss.FlattenDeltas(student), ProposalLoss.FlattenDeltas(teacher).detach(), sure,
                    sure.sum().item<long>());
            });
    }

    // The divergence of two answers, 0 where they agree.
    private static Tensor Scores(Tensor logits, Tensor taught, Tensor chance, double negativesPerPositive)
    {
        var each = functional.binary_cross_entropy_with_logits(logits, chance, reduction: Reduction.None)
            .Subtract(functional.binary_cross_entropy_with_logits(taught, chance, reduction: Reduction.None));
        var faceLike = chance.IsAbove(FaceLike);
        return ProposalLoss.Balanced(
            each, faceLike, faceLike.logical_not(), faceLike.sum().item<long>(), negativesPerPositive);
    }
}
