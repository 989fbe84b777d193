using System.Diagnostics;
using System.Globalization;
using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Hostile;

/// <summary>
/// Hostile images end as an image or in one line, soon, and leave no memory behind. How many: the variable
/// FACELOUPE_HOSTILE, 600 without it.
/// </summary>
public class HostilePicturesTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private static int Count =>
        int.TryParse(Environment.GetEnvironmentVariable("FACELOUPE_HOSTILE"), out var count) ? count : 600;

    [Fact]
    public void hostile_pictures_are_read_or_refused_in_one_line()
    {
        var (read, refused, damaged, longest) = (0, 0, 0, TimeSpan.Zero);
        for (var number = 0; number < Count; number++)
        {
            var file = HostilePictures.Make(number);
            var clock = Stopwatch.StartNew();
            try
            {
                var picture = PictureFile.Decode(file, "a.jpg");
                picture.Pixels.LongLength.ShouldBe(3L * picture.Width * picture.Height);
                read++;
                damaged += picture.Damage is null ? 0 : 1;
            }
            catch (UnreadablePictureException fault)
            {
                fault.Message.ShouldStartWith("a.jpg: ");
                fault.Message.ShouldNotContain('\n');
                refused++;
            }
            catch (Exception fault) when (fault is not ShouldAssertException)
            {
                Assert.Fail($"file {number}: {fault}");
            }

            longest = clock.Elapsed > longest ? clock.Elapsed : longest;
            clock.Elapsed.ShouldBeLessThan(Deadline, $"file {number}");
        }

        var memory = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{read} read, {damaged} of them damaged, {refused} refused; longest {longest.TotalSeconds:0.00} s, "
                + $"{memory} MB"));
        (read + refused).ShouldBe(Count);

        // 1.3 GB alone; other tests of the process come on top. An image of 400 million pixels, the most that is read,
        // has 1.6 GB while it is decoded and 1.2 GB after.
        memory.ShouldBeLessThan(4_000);
    }
}
