using FaceLoupe.Cli.Inputs;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Tests.Inputs;

public class FrameQueueTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void frames_come_in_order_and_no_more_are_decoded_ahead_than_allowed(int ahead)
    {
        var decoded = 0;
        var taken = 0;
        foreach (var frame in new FrameQueue(ahead).Read(Frames(5, _ => Interlocked.Increment(ref decoded)), default))
        {
            frame.Width.ShouldBe(++taken);
            Thread.Sleep(20);
            Volatile.Read(ref decoded).ShouldBeLessThanOrEqualTo(taken + ahead);
        }

        taken.ShouldBe(5);
    }

    [Fact]
    public void the_next_frame_is_decoded_while_one_is_looked_at()
    {
        using var second = new ManualResetEventSlim();
        foreach (var frame in new FrameQueue(ahead: 1).Read(Frames(2, i => Set(i)), default))
        {
            // Without decoding ahead this would wait in vain.
            second.Wait(TimeSpan.FromSeconds(60)).ShouldBeTrue();
        }

        void Set(int i)
        {
            if (i == 1)
            {
                second.Set();
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void a_fault_comes_after_the_frames_before_it(int ahead)
    {
        var taken = 0;
        Should.Throw<FaceLoupeException>(() =>
        {
            foreach (var frame in new FrameQueue(ahead).Read(Frames(5, Fail), default))
            {
                taken++;
            }
        });
        taken.ShouldBe(3);

        static void Fail(int i)
        {
            if (i == 3)
            {
                throw new FaceLoupeException("damaged");
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void whoever_stops_or_walks_away_leaves_nobody_decoding(int ahead)
    {
        var decoded = 0;
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() =>
        {
            foreach (var frame in new FrameQueue(ahead).Read(Frames(100, _ => decoded++), stop.Token))
            {
                stop.Cancel();
            }
        });
        decoded.ShouldBeInRange(1, 4);

        decoded = 0;
        new FrameQueue(ahead).Read(Frames(100, _ => decoded++), default).First().Width.ShouldBe(1);
        decoded.ShouldBeInRange(1, 4);
        Thread.Sleep(50); // nor is another one begun
        decoded.ShouldBeInRange(1, 4);
    }

    private static IEnumerable<Picture> Frames(int count, Action<int> decoding)
    {
        for (var i = 0; i < count; i++)
        {
            decoding(i);
            yield return new Picture(i + 1, 1);
        }
    }
}
