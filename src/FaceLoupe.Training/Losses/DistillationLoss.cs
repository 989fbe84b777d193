using FaceLoupe.Training.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Losses;

/// <summary>
/// What a small network learns from a large one: its probabilities, which tell more than "face or not" (how confident,
/// and of which neighbours), its box deltas, and its features. The paper trains one size only; this is ours.
/// </summary>
internal static class DistillationLoss
{
    // Below this the teacher means background, of which there is far too much: the worst disagreements are kept.
    private const double FaceLike = 0.1;

    // Where the teacher is as confident as this, its box delta is worth copying.
    private const double Confident = 0.5;

    /// <summary>Adds what an MB-FCN says, both parts of one batch, to the loss of the annotations.</summary>
    /// <param name="loss">Takes them.</param>
    /// <param name="student">The learning network's raw outputs.</param>
    /// <param name="teacher">
    /// The trained network's raw outputs for the same images; nothing is differentiated by them.
    /// </param>
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
                var confident = chance.IsAbove(Confident);
                return ProposalLoss.Deltas(
                    ProposalLoss.FlattenDeltas(student), ProposalLoss.FlattenDeltas(teacher).detach(), confident,
                    confident.sum().item<long>());
            });
    }

    /// <summary>
    /// Adds what a network that was pruned from its teacher learns of the teacher's features: the mean square error of
    /// the channels that both have, over their mean square, averaged over the trunk's stages (1 for a network that says
    /// nothing).
    /// </summary>
    /// <param name="loss">Takes it.</param>
    /// <param name="student">What the learning trunk's stages say, N x C x H/s x W/s each.</param>
    /// <param name="teacher">What the teacher's say of the same images.</param>
    /// <param name="channels">The teacher's channels that the student has, by stage.</param>
    /// <param name="weight">Of this part.</param>
    /// <param name="suffix">What the part's name ends in, where there are several.</param>
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

    /// <summary>
    /// Adds what a discriminator says of face or not and, where it is confident of a face, of the box.
    /// </summary>
    /// <param name="loss">Takes both parts.</param>
    /// <param name="student">The learning network's output.</param>
    /// <param name="teacher">The trained network's on the same regions.</param>
    /// <param name="weight">Of each part.</param>
    /// <param name="suffix">What the parts' names end in, where there are several.</param>
    public static LossSum AddDiscriminator(
        LossSum loss, DiscriminatorOutput student, DiscriminatorOutput teacher, double weight, string suffix = "")
    {
        var taught = teacher.Face.detach();
        var chance = taught.sigmoid();
        return loss
            .Add("taught" + suffix, weight, () => Divergence(student.Face, taught, chance).mean())
            .Add("taughtShift" + suffix, weight, () => RegressionLoss.Of(
                student.Delta, teacher.Delta.detach(), chance.IsAbove(Confident).Widen()));
    }

    private static Tensor Scores(Tensor logits, Tensor taught, Tensor chance, double negativesPerPositive)
    {
        var each = Divergence(logits, taught, chance);
        var faceLike = chance.IsAbove(FaceLike);
        return ProposalLoss.Balanced(
            each, faceLike, faceLike.logical_not(), faceLike.sum().item<long>(), negativesPerPositive);
    }

    // Of two answers; 0 if they agree.
    private static Tensor Divergence(Tensor logits, Tensor taught, Tensor chance) =>
        functional.binary_cross_entropy_with_logits(logits, chance, reduction: Reduction.None)
            .Subtract(functional.binary_cross_entropy_with_logits(taught, chance, reduction: Reduction.None));
}
