using FaceLoupe.Training.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Losses;

/// <summary>
/// Knowledge distillation: a small network learns the probabilities of a large one, which carry more information than
/// labels, its box deltas and its features. Not in the paper.
/// </summary>
internal static class DistillationLoss
{
    // Below this probability of the teacher, anchors are background, of which only the worst disagreements count.
    private const double FaceLike = 0.1;

    // Box deltas are distilled where the teacher's probability is above this.
    private const double Confident = 0.5;

    /// <summary>Adds the distillation of MB-FCN's scores and box deltas to the loss of the annotations.</summary>
    /// <param name="loss">Receives both parts.</param>
    /// <param name="student">The student's raw outputs.</param>
    /// <param name="teacher">The teacher's raw outputs for the same images, without gradient.</param>
    /// <param name="negativesPerPositive">Background anchors kept per face-like one, worst disagreement first.</param>
    /// <param name="weight">Of each part.</param>
    public static LossSum AddTo(
        LossSum loss, ProposalOutput[] student, ProposalOutput[] teacher, double negativesPerPositive, double weight)
    {
        var (logits, target) = (ProposalLoss.FlattenScores(student), ProposalLoss.FlattenScores(teacher).detach());
        var chance = target.sigmoid();
        return loss
            .Add("taught", weight, () => Scores(logits, target, chance, negativesPerPositive))
            .Add("taughtShift", weight, () =>
            {
                var confident = chance.IsAbove(Confident);
                return ProposalLoss.Deltas(
                    ProposalLoss.FlattenDeltas(student), ProposalLoss.FlattenDeltas(teacher).detach(), confident,
                    confident.sum().item<long>());
            });
    }

    /// <summary>
    /// Adds the distillation of features to a network that was pruned from its teacher: the mean square error of the
    /// common channels over their mean square, averaged over the trunk's stages (1 for features of zero).
    /// </summary>
    /// <param name="loss">Receives the part.</param>
    /// <param name="student">Features of the student's trunk stages, N x C x H/s x W/s each.</param>
    /// <param name="teacher">The teacher's for the same images.</param>
    /// <param name="channels">The teacher's channels that the student has, by stage.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="suffix">Suffix of the part's name.</param>
    public static LossSum AddFeatures(
        LossSum loss, Tensor[] student, Tensor[] teacher, IReadOnlyList<Tensor> channels, double weight, string suffix =
            "") =>
        loss.Add("features" + suffix, weight, () => student
            .Select((map, stage) =>
            {
                var expected = teacher[stage].index_select(1, channels[stage]).detach().Widen();
                return map.Widen().Subtract(expected).square().mean() / expected.square().mean();
            })
            .Aggregate((a, b) => a.Add(b)).Times(1.0 / student.Length));

    /// <summary>Adds the distillation of D's face score and, where it is confident, of its box delta.</summary>
    /// <param name="loss">Receives both parts.</param>
    /// <param name="student">The student's output.</param>
    /// <param name="teacher">The teacher's on the same RoIs.</param>
    /// <param name="weight">Of each part.</param>
    /// <param name="suffix">Suffix of the parts' names.</param>
    public static LossSum AddDiscriminator(
        LossSum loss, DiscriminatorOutput student, DiscriminatorOutput teacher, double weight, string suffix = "")
    {
        var target = teacher.Face.detach();
        var chance = target.sigmoid();
        return loss
            .Add("taught" + suffix, weight, () => Divergence(student.Face, target, chance).mean())
            .Add("taughtShift" + suffix, weight, () => RegressionLoss.Of(
                student.Delta, teacher.Delta.detach(), chance.IsAbove(Confident).Widen()));
    }

    private static Tensor Scores(Tensor logits, Tensor target, Tensor chance, double negativesPerPositive)
    {
        var each = Divergence(logits, target, chance);
        var faceLike = chance.IsAbove(FaceLike);
        return ProposalLoss.Balanced(
            each, faceLike, faceLike.logical_not(), faceLike.sum().item<long>(), negativesPerPositive);
    }

    // Of two predictions; 0 if they agree.
    private static Tensor Divergence(Tensor logits, Tensor target, Tensor chance) =>
        functional.binary_cross_entropy_with_logits(logits, chance, reduction: Reduction.None)
            .Subtract(functional.binary_cross_entropy_with_logits(target, chance, reduction: Reduction.None));
}
