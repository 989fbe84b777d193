using System.Collections.Concurrent;
using CsCheck;
using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Tests.Runs;

public sealed class PrefetcherTests
{
    [Fact]
    public void samples_come_in_order_whatever_the_threads_and_their_speed() => Gen.Select(
        Gen.Int[1, 6], Gen.Int[1, 9], Gen.Int[0, 1000]).Sample(
        (workers, capacity, start) =>
        {
            using var prefetcher = new Prefetcher<long>(
                index =>
                {
                    Thread.SpinWait((int)(index * 7919 % 5000));
                    return index * 10;
                },
                start, workers, capacity);
            for (var index = start; index < start + 40; index++)
            {
                prefetcher.Next(TestContext.Current.CancellationToken).ShouldBe(index * 10L);
            }
        },
        iter: 30);

    [Fact]
    public void no_more_samples_are_made_than_the_capacity()
    {
        var made = new ConcurrentBag<long>();
        using var prefetcher = new Prefetcher<long>(
            index =>
            {
                made.Add(index);
                return index;
            },
            workers: 3, capacity: 4);
        prefetcher.Next(TestContext.Current.CancellationToken);
        SpinWait.SpinUntil(() => made.Count >= 5, 5000).ShouldBeTrue();
        Thread.Sleep(50);
        made.Order().ShouldBe([0, 1, 2, 3, 4]);
    }

    [Fact]
    public void a_fault_is_thrown_at_its_index_and_stays()
    {
        using var prefetcher = new Prefetcher<long>(
            index => index == 2 ? throw new FaceLoupeException("image 2 is broken") : index, workers: 2, capacity: 4);
        prefetcher.Next(TestContext.Current.CancellationToken).ShouldBe(0);
        prefetcher.Next(TestContext.Current.CancellationToken).ShouldBe(1);
        for (var again = 0; again < 2; again++)
        {
            Should.Throw<FaceLoupeException>(() => prefetcher.Next(TestContext.Current.CancellationToken))
                .Message.ShouldBe("image 2 is broken");
        }
    }

    [Fact]
    public void disposing_stops_the_threads_and_frees_the_remaining_samples()
    {
        var alive = 0;
        var prefetcher = new Prefetcher<Owned>(
            _ => new Owned(() => Interlocked.Decrement(ref alive), Interlocked.Increment(ref alive)),
            workers: 2, capacity: 5);
        prefetcher.Next(TestContext.Current.CancellationToken).Dispose();
        prefetcher.Dispose();
        alive.ShouldBe(0);
        prefetcher.Dispose();
        Should.Throw<ObjectDisposedException>(() => prefetcher.Next(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task a_waiting_consumer_can_be_cancelled()
    {
        using var gate = new ManualResetEventSlim();
        using var prefetcher = new Prefetcher<int>(_ =>
        {
            gate.Wait();
            return 1;
        });
        using var cancellation = new CancellationTokenSource();
        var next = Task.Run(() => prefetcher.Next(cancellation.Token), TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(next);
        gate.Set();
        prefetcher.Next(TestContext.Current.CancellationToken).ShouldBe(1);
    }

    private sealed class Owned(Action release, int number) : IDisposable
    {
        public int Number { get; } = number;

        public void Dispose() => release();
    }
}
