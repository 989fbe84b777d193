using FaceLoupe.Training.Ablations;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Tests.Ablations;

public sealed class TrainingBudgetTests
{
    [Fact]
    public void a_row_gets_of_the_time_left_what_it_has_of_the_work_left()
    {
        var budget = new TrainingBudget(10);

        budget.Share(3, 12).ShouldBe(TimeSpan.FromMinutes(2.5));
        budget.Share(12, 12).ShouldBe(TimeSpan.FromMinutes(10));
        budget.Share(0, 0).ShouldBe(TimeSpan.FromMinutes(10));
        budget.IsUsedUp.ShouldBeFalse();
    }

    [Fact]
    public void time_is_counted_also_of_work_that_fails()
    {
        var budget = new TrainingBudget(0.0001);
        Should.Throw<InvalidOperationException>(() => budget.Spend(() =>
        {
            Thread.Sleep(20);
            throw new InvalidOperationException();
        }));

        budget.Spent.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(15));
        budget.IsUsedUp.ShouldBeTrue();
        budget.Share(1, 1).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void without_a_limit_everything_may_take_as_long_as_it_takes()
    {
        var budget = new TrainingBudget(null);

        budget.Share(1, 2).ShouldBeNull();
        budget.IsUsedUp.ShouldBeFalse();
    }

    [Theory]
    [InlineData(null, new ulong[] { 7 })]
    [InlineData("3", new ulong[] { 7, 8, 9 })]
    [InlineData("1,5", new ulong[] { 1, 5 })]
    [InlineData("4,", new ulong[] { 4 })]
    public void seeds_are_counted_or_named(string? text, ulong[] expected) =>
        SeedList.Of(text, new TrainingConfig { Seed = 7 }).ShouldBe(expected);

    [Fact]
    public void seeds_of_the_preset_serve_where_none_are_given() => SeedList
        .Of(null, new TrainingConfig { Ablation = new() { Seeds = [2, 4] } }).ShouldBe([2ul, 4ul]);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("101")]
    [InlineData("1,1")]
    [InlineData("1,x")]
    [InlineData(",")]
    [InlineData("many")]
    public void other_seeds_are_refused(string text) => Should
        .Throw<FaceLoupeException>(() => SeedList.Of(text, new TrainingConfig()))
        .Message.ShouldStartWith($"--seeds {text}: wanted");
}
