using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Tests.Samples.Sources;

public class SampleRandomTests
{
    // Recorded: a run resumed with a later version must go on with the same samples.
    [Fact]
    public void the_random_numbers_never_change() =>
        Enumerable.Range(0, 3).Select(i => new SampleRandom(1, i).NextInt(1_000_000))
            .ShouldBe([432744, 360765, 548408]);

    [Fact]
    public void neighbouring_samples_and_seeds_are_independent()
    {
        var firsts = new HashSet<double>();
        for (var seed = 0UL; seed < 30; seed++)
        {
            for (var index = 0; index < 30; index++)
            {
                var random = new SampleRandom(seed, index);
                for (var draw = 0; draw < 10; draw++)
                {
                    firsts.Add(random.NextDouble()).ShouldBeTrue();
                }
            }
        }

        firsts.Average().ShouldBe(0.5, 0.02);
    }

    [Fact]
    public void first_draws_fill_their_range_evenly()
    {
        var counts = new int[10];
        for (var i = 0; i < 10_000; i++)
        {
            counts[new SampleRandom(9, i).NextInt(10)]++;
        }

        counts.ShouldAllBe(count => count > 850 && count < 1150);
    }

    [Fact]
    public void weights_are_respected()
    {
        var random = new SampleRandom(2, 0);
        var counts = new int[4];
        for (var i = 0; i < 4000; i++)
        {
            counts[random.Weighted([1, 0, 3, 0])]++;
        }

        counts[0].ShouldBeInRange(850, 1150);
        counts[2].ShouldBe(4000 - counts[0]);
    }

    [Fact]
    public void normals_have_mean_zero_and_deviation_one()
    {
        var random = new SampleRandom(4, 0);
        var values = Enumerable.Range(0, 10_000).SelectMany(_ =>
        {
            var (first, second) = random.NextNormals();
            return new[] { first, second };
        }).ToArray();

        values.Average().ShouldBe(0, 0.03f);
        values.Average(value => value * value).ShouldBe(1, 0.05f);
    }

    [Fact]
    public void bounds_are_kept()
    {
        var random = new SampleRandom(6, 0);
        for (var i = 0; i < 1000; i++)
        {
            random.Between(-2, 3).ShouldBeInRange(-2, 3);
            random.LogBetween(0.1, 10).ShouldBeInRange(0.1, 10);
        }
    }
}
