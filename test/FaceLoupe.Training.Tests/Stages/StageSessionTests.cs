using FaceLoupe.Training.Optimisation;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Stages;
using FaceLoupe.Training.Stages.Options;
using FaceLoupe.Training.Tests.Runs;

namespace FaceLoupe.Training.Tests.Stages;

[Collection(TorchAlone.Name)]
public sealed class StageSessionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CapturedConsole console = new();
    private readonly SteppedClock clock = new();

    public void Dispose()
    {
        console.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void the_number_of_steps_ends_a_stage_and_sets_its_learning_rate()
    {
        var rates = Rates(new GeneratorStageOptions { Steps = 4, LearningRate = Falling }, secondsPerStep: 100);

        rates.Length.ShouldBe(4);
        rates[0].ShouldBe(1);
        rates[^1].ShouldBe(0.01, 1e-9);
    }

    [Theory]
    [InlineData(1, 120)]
    [InlineData(10, 12)]
    public void a_training_time_ends_a_stage_and_sets_its_learning_rate(
        int secondsPerStep, int steps)
    {
        var rates = Rates(
            new GeneratorStageOptions { Steps = 1000, Minutes = 2, LearningRate = Falling }, secondsPerStep);

        rates.Length.ShouldBe(steps);
        rates[0].ShouldBe(1);
        rates[steps / 2].ShouldBe(0.505, 0.01); // half a cosine, half of the time
        rates.ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void a_warm_up_always_follows_the_steps()
    {
        var rates = Rates(
            new GeneratorStageOptions { Steps = 1000, Minutes = 2, LearningRate = Falling with { WarmUpSteps = 4 } },
            10);

        rates[..4].ShouldBe([0.25, 0.5, 0.75, 1], 1e-9);
        rates[^1].ShouldBeLessThan(0.1);
    }

    private static LearningRateSchedule Falling { get; } = new() { Rate = 1, Shape = LearningRateShape.Cosine };

    private double[] Rates(LoopOptions options, int secondsPerStep)
    {
        using var run = RunDirectory.Create(folder.Of($"{Guid.NewGuid():N}"), resumeIfExists: false);
        using var session = new StageSession(
            run, "generator", options, new TrainedState(), CancellationToken.None, clock);
        var rates = new List<double>();
        while (session.Next())
        {
            rates.Add(session.LearningRate);
            clock.Advance(secondsPerStep);
            session.EndStep(new Dictionary<string, double>(), 1);
        }

        return [.. rates];
    }
}
