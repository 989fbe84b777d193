using CsCheck;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Optimisation;

namespace FaceLoupe.Training.Tests.Optimisation;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void the_rate_rises_linearly_and_is_then_constant()
    {
        var schedule = new LearningRateSchedule { Rate = 0.4, WarmUpSteps = 4 };
        Rates(schedule, 6).ShouldBe([0.1, 0.2, 0.3, 0.4, 0.4, 0.4], 1e-12);
    }

    [Fact]
    public void a_cosine_ends_at_its_final_factor_on_the_last_step()
    {
        var schedule = new LearningRateSchedule { Rate = 1, Shape = LearningRateShape.Cosine, FinalFactor = 0.1 };
        var swing = 0.45 * Math.Sqrt(0.5);
        Rates(schedule, 5).ShouldBe([1, 0.55 + swing, 0.55, 0.55 - swing, 0.1], 1e-12);
        schedule.At(99, 5).ShouldBe(0.1, 1e-12);
    }

    [Fact]
    public void the_rate_drops_at_the_given_steps()
    {
        var schedule = new LearningRateSchedule
        {
            Rate = 1, Shape = LearningRateShape.Steps, DropAt = [2, 3], DropFactor = 0.5,
        };
        Rates(schedule, 5).ShouldBe([1, 1, 0.5, 0.25, 0.25], 1e-12);
    }

    [Fact]
    public void a_rate_is_positive_and_at_most_its_maximum() => Gen.Select(
        Gen.Int[0, 3], Gen.Long[0, 20], Gen.Long[1, 50], Gen.Long[0, 60]).Sample((shape, warmUp, total, step) =>
        {
            var schedule = new LearningRateSchedule
            {
                Rate = 0.5, Shape = (LearningRateShape)(shape % 3), WarmUpSteps = warmUp, DropAt = [5, 10],
            };
            schedule.At(step, total).ShouldBeInRange(1e-9, 0.5 + 1e-12);
        });

    [Fact]
    public void invalid_values_are_reported_together()
    {
        OptionFaults.Of(new LearningRateSchedule()).ShouldBeEmpty();
        OptionFaults.Of(new LearningRateSchedule
        {
            Rate = 0, WarmUpSteps = -1, FinalFactor = 2, DropFactor = 0, DropAt = [3, 3],
        }).Count.ShouldBe(5);
        OptionFaults.Of(new LearningRateSchedule
        {
            Rate = double.NaN, FinalFactor = double.NaN, DropFactor = double.NaN,
        }).Count.ShouldBe(3);
        OptionFaults.Of(new LearningRateSchedule { Shape = LearningRateShape.Steps })
            .ShouldHaveSingleItem().ShouldContain("dropAt");
    }

    private static double[] Rates(LearningRateSchedule schedule, int total) =>
        [.. Enumerable.Range(0, total).Select(step => schedule.At(step, total))];
}
