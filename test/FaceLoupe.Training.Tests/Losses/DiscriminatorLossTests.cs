using FaceLoupe.Training.Losses;
using TorchSharp;
using static FaceLoupe.Training.Tests.Losses.TensorValues;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Losses;

/// <summary>Eq. (5) to (8), the losses on D's three answers.</summary>
public sealed class DiscriminatorLossTests
{
    [Theory]
    [InlineData(nameof(AdversarialForm.Saturating), -Wrong)] // log(1 - 3/4)
    [InlineData(nameof(AdversarialForm.NonSaturating), Right)] // -log(3/4)
    public void the_generators_adversarial_loss_has_two_forms(string form, double expected)
    {
        using var scope = NewDisposeScope();
        var which = Enum.Parse<AdversarialForm>(form);

        AdversarialLoss.ForGenerator(Column(Ln3), which).Number().ShouldBe(expected, 1e-6);
        AdversarialLoss.ForGenerator(Column(Ln3, Ln3, Ln3), which).Number().ShouldBe(expected, 1e-6);
    }

    [Theory]
    [InlineData(nameof(AdversarialForm.Saturating), -0.0179862)] // -sigmoid(z): next to nothing while D is sure
    [InlineData(nameof(AdversarialForm.NonSaturating), -0.9820138)] // -sigmoid(-z)
    public void both_forms_push_the_logit_up_and_only_one_saturates(string form, double gradient)
    {
        using var scope = NewDisposeScope();
        var logit = Column(-4).requires_grad_();

        AdversarialLoss.ForGenerator(logit, Enum.Parse<AdversarialForm>(form)).backward();

        logit.grad.ShouldNotBeNull().Number().ShouldBe(gradient, 1e-6);
    }

    [Fact]
    public void the_discriminators_adversarial_loss_raises_real_and_lowers_generated()
    {
        using var scope = NewDisposeScope();

        // -log(1 - 3/4) - log(1/4), and each the other way about in the second pair.
        AdversarialLoss.ForDiscriminator(Column(-Ln3), Column(Ln3)).Number().ShouldBe(2 * Wrong, 1e-6);
        AdversarialLoss.ForDiscriminator(Column(-Ln3, Ln3), Column(Ln3, -Ln3)).Number().ShouldBe(Wrong + Right, 1e-6);
    }

    [Fact]
    public void classification_is_cross_entropy()
    {
        using var scope = NewDisposeScope();

        ClassificationLoss.Of(Column(Ln3), Column(1)).Number().ShouldBe(Right, 1e-6);
        ClassificationLoss.Of(Column(Ln3, Ln3), Column(1, 0)).Number().ShouldBe((Right + Wrong) / 2, 1e-6);
    }

    [Fact]
    public void extreme_logits_give_finite_losses()
    {
        using var scope = NewDisposeScope();

        ClassificationLoss.Of(Column(-200), Column(1)).Number().ShouldBe(200, 1e-3);
        AdversarialLoss.ForDiscriminator(Column(-200), Column(200)).Number().ShouldBe(400, 1e-3);
        AdversarialLoss.ForGenerator(Column(200), AdversarialForm.Saturating).Number().ShouldBe(-200, 1e-3);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 0.125)] // x^2 / 2 below 1
    [InlineData(-0.5, 0.125)]
    [InlineData(1, 0.5)]
    [InlineData(2, 1.5)] // |x| - 1/2 from there on
    [InlineData(-3, 2.5)]
    public void a_delta_has_the_smooth_l1_loss(float x, double expected)
    {
        using var scope = NewDisposeScope();

        RegressionLoss.Of(Rows(x + 1, 1, 1, 1), Rows(1, 1, 1, 1), Column(1)).Number().ShouldBe(expected, 1e-6);
    }

    [Fact]
    public void deltas_of_non_faces_have_no_loss_but_count_in_the_mean()
    {
        using var scope = NewDisposeScope();
        var deltas = Rows(0.5f, -0.5f, 2, 0, 9, 9, 9, 9).requires_grad_();

        var loss = RegressionLoss.Of(deltas, zeros(2, 4), Column(1, 0));
        loss.backward();

        loss.Number().ShouldBe((0.125 + 0.125 + 1.5) / 2, 1e-6);
        deltas.grad.ShouldNotBeNull()[1].abs().sum().Number().ShouldBe(0);
        RegressionLoss.Of(deltas, zeros(2, 4), Column(0, 0)).Number().ShouldBe(0);
    }
}
