using FaceLoupe.Web.Problems;
using FaceLoupe.Web.Queueing;

namespace FaceLoupe.Web.Tests.Queueing;

public sealed class WorkQueueTests
{
    private static readonly ServeOptions OneAndOne = new() { Concurrency = 1, QueueLength = 1 };

    [Fact]
    public async Task one_works_one_waits_and_the_third_is_refused()
    {
        using var queue = new WorkQueue(OneAndOne);
        var first = queue.Enter();
        await first.TurnAsync(CancellationToken.None);
        var second = queue.Enter();
        var turn = second.TurnAsync(CancellationToken.None);

        (queue.Running, queue.Waiting, queue.IsFull).ShouldBe((1, 1, true));
        second.MustWait.ShouldBeTrue();
        turn.IsCompleted.ShouldBeFalse();
        Should.Throw<RequestRefusedException>(() => queue.Enter()).RetryAfter!.Value.ShouldBeGreaterThanOrEqualTo(1);

        first.Dispose();
        await turn;
        (queue.Running, queue.Waiting, queue.IsFull).ShouldBe((1, 0, false));
        second.Dispose();
        (queue.Running, queue.Waiting).ShouldBe((0, 0));
    }

    [Fact]
    public async Task whoever_gives_up_waiting_leaves_room()
    {
        using var queue = new WorkQueue(OneAndOne);
        using var first = queue.Enter();
        await first.TurnAsync(CancellationToken.None);
        using var cancelled = new CancellationTokenSource();
        using (var second = queue.Enter())
        {
            var turn = second.TurnAsync(cancelled.Token);
            await cancelled.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => turn);
        }

        queue.IsFull.ShouldBeFalse();
        queue.Running.ShouldBe(1);
    }

    [Fact]
    public void a_place_is_left_once_however_often_it_is_disposed()
    {
        using var queue = new WorkQueue(OneAndOne);
        var place = queue.Enter();
        place.Dispose();
        place.Dispose();

        queue.Enter();
        queue.Enter();
        Should.Throw<RequestRefusedException>(() => queue.Enter());
    }
}
