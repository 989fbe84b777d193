using FaceLoupe.Anonymising;

namespace FaceLoupe.Tests.Anonymising;

public class BinomialTestTests
{
    [Theory]
    [InlineData(0, 3, 0.5, 0.125)]
    [InlineData(1, 3, 0.5, 0.5)]
    [InlineData(3, 3, 0.5, 1)]
    [InlineData(0, 59, 0.05, 0.04849)]
    [InlineData(2, 120, 0.05, 0.05750)]
    public void the_chance_of_few_misses_is_that_of_the_binomial_distribution(int misses, int pictures, double rate,
        double chance) =>
        BinomialTest.PValue(misses, pictures, rate).ShouldBe(chance, 1e-4);

    [Fact]
    public void many_pictures_do_not_underflow() => BinomialTest.PValue(5000, 100_000, 0.05).ShouldBe(0.5, 0.01);

    [Theory]
    [InlineData(0.05, 0.95, 59)]
    [InlineData(0.01, 0.95, 299)]
    [InlineData(0.1, 0.9, 22)]
    [InlineData(0.5, 0.5, 1)]
    public void so_many_pictures_are_needed_without_a_miss(double rate, double confidence, int pictures)
    {
        BinomialTest.PicturesNeeded(rate, confidence).ShouldBe(pictures);
        BinomialTest.MissesAllowed(pictures, rate, confidence).ShouldBe(0);
        BinomialTest.MissesAllowed(pictures - 1, rate, confidence).ShouldBe(-1);
    }

    [Fact]
    public void a_rate_that_no_number_of_pictures_can_show_does_not_count_for_ever() =>
        BinomialTest.PicturesNeeded(1e-12, 0.95).ShouldBe(int.MaxValue);

    [Fact]
    public void settings_after_one_that_fails_are_not_taken_however_well_they_do() =>
        BinomialTest.LastThatHolds([0, 0, 9, 0], 100, 0.05, 0.95).ShouldBe(1);

    [Fact]
    public void where_the_safest_setting_fails_none_holds() => BinomialTest.LastThatHolds([9, 0], 100, 0.05, 0.95)
        .ShouldBe(-1);

    [Theory]
    [InlineData(new[] { 0.01, 0.02, 0.045, 0.051, 0.06, 0.1 })] // rises across the rate that is allowed
    [InlineData(new[] { 0.03, 0.052, 0.02, 0.06, 0.01 })] // does not rise evenly
    [InlineData(new[] { 0.0501, 0.0501, 0.0501 })] // not even the safest is good enough, by a hair
    public void in_a_thousand_draws_of_known_rates_the_choice_holds_as_often_as_promised(double[] rates)
    {
        const int draws = 1000, pictures = 200;
        var random = new Random(22);
        var held = 0;
        for (var draw = 0; draw < draws; draw++)
        {
            // The same image is hard at every setting.
            var hard = Enumerable.Range(0, pictures).Select(_ => random.NextDouble()).ToArray();
            var misses = rates.Select(rate => hard.Count(chance => chance < rate));
            var last = BinomialTest.LastThatHolds(misses, pictures, 0.05, 0.95);
            held += last < 0 || rates[last] <= 0.05 ? 1 : 0;
        }

        held.ShouldBeGreaterThanOrEqualTo(950);
    }
}
