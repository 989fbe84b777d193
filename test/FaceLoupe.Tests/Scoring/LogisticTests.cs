using FaceLoupe.Scoring;

namespace FaceLoupe.Tests.Scoring;

public class LogisticTests
{
    [Fact]
    public void one_to_one_is_zero_and_three_to_one_is_ln_3()
    {
        Logistic.Sigmoid(0).ShouldBe(0.5f);
        Logistic.Sigmoid(MathF.Log(3)).ShouldBe(0.75f, 1e-6);
        Logistic.Logit(0.75f).ShouldBe(MathF.Log(3), 1e-6);
    }

    [Fact]
    public void the_ends_are_infinite_for_thresholds_and_finite_for_scores()
    {
        Logistic.Logit(0).ShouldBe(float.NegativeInfinity);
        Logistic.Logit(1).ShouldBe(float.PositiveInfinity);
        Logistic.FiniteLogit(0).ShouldBe(-16);
        Logistic.FiniteLogit(1).ShouldBe(16);
        Logistic.Sigmoid(-200).ShouldBe(0);
        Logistic.Sigmoid(200).ShouldBe(1);
    }
}
