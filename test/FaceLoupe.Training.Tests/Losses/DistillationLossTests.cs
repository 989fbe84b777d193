using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using static FaceLoupe.Training.Tests.Losses.TensorValues;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Losses;

public sealed class DistillationLossTests
{
    private const float Background = -100; // both are confident: costs nothing and is no face
    private static readonly double Ln2 = Math.Log(2);

    [Fact]
    public void a_student_that_agrees_has_no_loss()
    {
        float[] logits = [2, -1, 0.5f, -3];

        var values = Loss(Output(logits), Output(logits)).Values();

        values["taught"].ShouldBe(0, 1e-6);
        values["taughtShift"].ShouldBe(0, 1e-6);
    }

    [Fact]
    public void probabilities_are_compared_not_decisions()
    {
        // The teacher says 3/4: half costs ln 2 less the entropy of 3/4.
        var entropy = (0.75 * Right) + (0.25 * Wrong);

        Taught([0, Background], [Ln3, Background]).ShouldBe(Ln2 - entropy, 1e-5);
    }

    [Fact]
    public void the_worst_disagreements_of_the_background_are_kept()
    {
        // One face-like anchor that agrees; 16 of 18 background anchors count, 15 at ln 2 and one of 100.
        float[] taught = [Ln3, .. Enumerable.Repeat(Background, 18)];
        float[] logits = [Ln3, 100, .. Enumerable.Repeat(0f, 15), Background, Background];

        Taught(logits, taught).ShouldBe(3 * (100 + (15 * Ln2)) / 16, 1e-3);
    }

    [Fact]
    public void deltas_are_distilled_where_the_teacher_is_confident()
    {
        var student = Output([0, 0], requiresGrad: true);
        var teacher = new ProposalOutput(
            tensor(new[] { Ln3, -Ln3 }, [1, 1, 1, 2]), tensor(new float[] { 0.5f, 9, 0, 9, 2, 9, 0, 9 }, [1, 4, 1, 2]));

        var loss = Loss(student, teacher);
        loss.Total.backward();

        loss.Values()["taughtShift"].ShouldBe((0.125 + 1.5) / 4, 1e-6);
        student.Deltas.grad.ShouldNotBeNull().select(3, 1).abs().sum().Number().ShouldBe(0);
        student.Scores.grad.ShouldNotBeNull().abs().sum().Number().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void a_discriminator_is_distilled_by_its_probability_and_where_confident_its_delta()
    {
        var student = Output([0, 0], [0.5f, 0, 0, 0, 9, 9, 9, 9]);
        var teacher = Output([Ln3, -Ln3], [0, 0, 0, 0, 0, 0, 0, 0]);

        var values = DistillationLoss.AddDiscriminator(new LossSum(), student, teacher, weight: 2, "OfReal").Values();

        values["taughtOfReal"].ShouldBe(Ln2 - (0.75 * Right) - (0.25 * Wrong), 1e-5);
        values["taughtShiftOfReal"].ShouldBe(0.125 / 2, 1e-6); // smooth L1 of a half, over two RoIs
        DistillationLoss.AddDiscriminator(new LossSum(), teacher, teacher, weight: 1).Values()["taught"]
            .ShouldBe(0, 1e-6);
    }

    [Fact]
    public void features_are_compared_in_common_channels_relative_to_their_size()
    {
        var student = new[] { full(1, 1, 2, 2, 1f), full(1, 2, 1, 1, 0f) };
        var teacher = new[] { cat([full(1, 1, 2, 2, 50f), full(1, 1, 2, 2, 2f)], 1), full(1, 2, 1, 1, 3f) };
        Tensor[] channels = [tensor(new long[] { 1 }), tensor(new long[] { 0, 1 })];

        var values = DistillationLoss.AddFeatures(new LossSum(), student, teacher, channels, weight: 1).Values();

        values["features"].ShouldBe((0.25 + 1) / 2, 1e-6);
    }

    private static DiscriminatorOutput Output(float[] faces, float[] deltas) =>
        new(zeros(faces.Length, 1), tensor(faces, [faces.Length, 1]), tensor(deltas, [faces.Length, 4]));

    private static double Taught(float[] logits, float[] taught) =>
        Loss(Output(logits), Output(taught)).Values()["taught"];

    private static LossSum Loss(ProposalOutput student, ProposalOutput teacher) =>
        DistillationLoss.AddTo(new LossSum(), [student], [teacher], negativesPerPositive: 3, weight: 1);

    /// <summary>One branch of one anchor with a map of one row; deltas of 0.</summary>
    private static ProposalOutput Output(float[] logits, bool requiresGrad = false)
    {
        var scores = tensor(logits, [1, 1, 1, logits.Length]);
        var deltas = zeros(1, 4, 1, logits.Length);
        return requiresGrad
            ? new ProposalOutput(scores.requires_grad_(), deltas.requires_grad_())
            : new ProposalOutput(scores, deltas);
    }
}
