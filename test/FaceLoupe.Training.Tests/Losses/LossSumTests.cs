using FaceLoupe.Training.Losses;
using TorchSharp;
using static FaceLoupe.Training.Tests.Losses.TensorValues;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Losses;

public sealed class LossSumTests
{
    [Fact]
    public void the_total_is_weighted_and_the_parts_are_not()
    {
        using var scope = NewDisposeScope();
        var sum = new LossSum().Add("pixel", 1, () => tensor(0.5f)).Add("regression", 0.01, () => tensor(200f));

        sum.Total.Number().ShouldBe(2.5, 1e-6);
        sum.Values().ShouldBe(new Dictionary<string, double> { ["pixel"] = 0.5, ["regression"] = 200 });
    }

    [Fact]
    public void a_part_of_weight_0_is_never_computed()
    {
        using var scope = NewDisposeScope();
        var sum = new LossSum()
            .Add("off", 0, () => throw new InvalidOperationException("computed"))
            .Add("on", 1, () => tensor(1f));

        sum.Values().Keys.ShouldBe(["on"]);
        Should.Throw<InvalidOperationException>(() => new LossSum().Total).Message.ShouldContain("at least one weight");
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void a_part_that_is_not_finite_is_reported_with_all_others(float value, string text)
    {
        using var scope = NewDisposeScope();
        var sum = new LossSum().Add("pixel", 1, () => tensor(0.5f)).Add("adversarial", 1, () => tensor(value));

        Should.Throw<NotFiniteNumberException>(() => sum.Values())
            .Message.ShouldContain($"(pixel 0.5, adversarial {text})");
    }
}
