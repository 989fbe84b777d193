using FaceLoupe.Cli.Inputs;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Tests.Inputs;

public class PictureQueueTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task no_more_pictures_are_read_ahead_than_allowed(int ahead)
    {
        var begun = 0;
        var queue = new PictureQueue(
            place =>
            {
                Interlocked.Increment(ref begun);
                return new Picture(place + 1, 1);
            },
            ahead);

        var taken = 0;
        foreach (var (place, picture) in queue.Read([0, 2, 4, 6, 8]))
        {
            taken++;
            place.ShouldBe(2 * (taken - 1));
            (await picture).Width.ShouldBe(place + 1);
            Volatile.Read(ref begun).ShouldBeLessThanOrEqualTo(taken + ahead);
        }

        taken.ShouldBe(5);
    }

    [Fact]
    public void the_next_picture_is_read_while_one_is_looked_at()
    {
        using var second = new ManualResetEventSlim();
        var queue = new PictureQueue(
            place =>
            {
                if (place == 1)
                {
                    second.Set();
                }

                return new Picture(1, 1);
            },
            ahead: 1);

        // Without reading ahead this would wait in vain.
        queue.Read([0, 1]).First().Place.ShouldBe(0);
        second.Wait(TimeSpan.FromSeconds(60)).ShouldBeTrue();
    }

    [Fact]
    public async Task a_picture_that_cannot_be_read_fails_in_its_turn()
    {
        var queue = new PictureQueue(
            place => place == 1 ? throw new FaceLoupeException("bad") : new Picture(1, 1), ahead: 1);
        var failed = new List<int>();
        foreach (var (place, picture) in queue.Read([0, 1, 2]))
        {
            try
            {
                await picture;
            }
            catch (FaceLoupeException)
            {
                failed.Add(place);
            }
        }

        failed.ShouldBe([1]);
    }
}
