using FaceLoupe.Web.Problems;
using FaceLoupe.Web.Queueing;

namespace FaceLoupe.Web.Tests.Queueing;

/// <summary><c>Retry-After</c> is true: who comes again when told finds a place.</summary>
public sealed class WaitingTimeTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task who_comes_again_when_told_finds_a_place()
    {
        using var queue = new WorkQueue(new ServeOptions { Concurrency = 1, QueueLength = 1 }, _time);
        await LearnAsync(queue, seconds: 4);
        var running = queue.Enter();
        await running.TurnAsync(CancellationToken.None);
        using var waiting = queue.Enter();
        _time.Pass(1.5);

        var seconds = RetryAfter(queue);
        seconds.ShouldBe(3); // 4 seconds per image, 1.5 of them are over
        _time.Pass(seconds);
        running.Dispose(); // it took 4.5

        using var place = queue.Enter();
    }

    [Fact]
    public async Task those_who_are_refused_together_are_reported_to_come_one_after_the_other()
    {
        using var queue = new WorkQueue(new ServeOptions { Concurrency = 1, QueueLength = 2 }, _time);
        await LearnAsync(queue, seconds: 4);
        var running = queue.Enter();
        await running.TurnAsync(CancellationToken.None);
        using var second = queue.Enter();
        using var third = queue.Enter();

        // After 12 seconds all three are through, and there is room for as many callers.
        Enumerable.Range(0, 5).Select(_ => RetryAfter(queue)).ShouldBe([4, 8, 12, 12, 12]);
        running.Dispose();
    }

    [Fact]
    public async Task a_picture_that_takes_unusually_long_is_waited_for_no_longer_than_it_may_take()
    {
        var options = new ServeOptions { Concurrency = 1, QueueLength = 0, WorkTimeout = TimeSpan.FromSeconds(30) };
        using var queue = new WorkQueue(options, _time);
        await LearnAsync(queue, seconds: 4);
        using var running = queue.Enter();
        await running.TurnAsync(CancellationToken.None);

        _time.Pass(10);
        RetryAfter(queue).ShouldBe(10);
        _time.Pass(12);
        RetryAfter(queue).ShouldBeInRange(8, 12);
        _time.Pass(7.5);
        RetryAfter(queue).ShouldBeInRange(1, 4);
    }

    private static int RetryAfter(WorkQueue queue) =>
        Should.Throw<RequestRefusedException>(() => queue.Enter()).RetryAfter!.Value;

    // The mean of the latest ones, to a hundredth.
    private async Task LearnAsync(WorkQueue queue, double seconds)
    {
        for (var i = 0; i < 30; i++)
        {
            using var place = queue.Enter();
            await place.TurnAsync(CancellationToken.None);
            _time.Pass(seconds);
        }
    }
}
