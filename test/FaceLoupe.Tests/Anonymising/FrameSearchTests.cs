using FaceLoupe.Anonymising;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Anonymising;

/// <summary>Videos of which each so many-th frame is searched: what happens between two searches.</summary>
public class FrameSearchTests
{
    private const int Width = 320;
    private const int Height = 120;
    private const int Frames = 41;
    private const int Face = 24;

    [Theory]
    [InlineData(2, 10)]
    [InlineData(4, 10)]
    [InlineData(7, 10)]
    [InlineData(3, 20)]
    [InlineData(7, 20)]
    [InlineData(6, 30)]
    public void a_face_that_enters_at_the_edge_between_two_looks_is_masked_from_its_first_pixels(int speed, int every)
    {
        // It begins to come in with frame 12 and stays in the image.
        var masked = Mask(
            frame => frame < 12 ? null : Math.Min(((frame - 11) * speed) - Face, Width - (2 * Face)), every, out _);

        for (var frame = 12; frame < Frames; frame++)
        {
            Left(masked[frame], Math.Min(((frame - 11) * speed) - Face, Width - (2 * Face))).ShouldBeLessThan(
                0.1, $"frame {frame}");
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(30)]
    public void a_face_that_appears_between_two_looks_is_masked_from_the_frame_in_which_it_does(int every)
    {
        var masked = Mask(frame => frame < 13 ? null : 100 + (3 * (frame - 13)), every, out _);

        for (var frame = 13; frame < Frames; frame++)
        {
            Left(masked[frame], 100 + (3 * (frame - 13))).ShouldBeLessThan(0.1, $"frame {frame}");
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(20)]
    public void a_face_that_turns_round_between_two_looks_stays_masked(int every)
    {
        // There and back again: even movement from look to look would be beside it.
        static int At(int frame) => 100 + (5 * Math.Abs((frame % 20) - 10));

        var masked = Mask(frame => At(frame + 3), every, out _);

        for (var frame = 0; frame < Frames; frame++)
        {
            Left(masked[frame], At(frame + 3)).ShouldBeLessThan(0.1, $"frame {frame}");
        }
    }

    [Fact]
    public void frames_that_show_each_face_where_it_should_be_are_not_searched()
    {
        _ = Mask(frame => 60 + (2 * frame), every: 10, out var searched);
        searched.ShouldBe([0, 10, 20, 30, 40]);
    }

    [Fact]
    public void a_face_that_comes_and_goes_between_two_looks_is_not_seen()
    {
        // The limit that docs/anonymising.md tells of.
        var masked = Mask(frame => frame is > 11 and < 19 ? 100 : null, every: 10, out _);
        masked.ShouldAllBe(regions => regions.Count == 0);
    }

    private static IReadOnlyList<FaceRegion>[] Mask(Func<int, int?> place, int every, out int[] searched)
    {
        var looked = new List<int>();
        using var anonymiser = new Anonymiser((picture, _, _) =>
        {
            // A frame tells its number by its first pixel; a face is found when most of it shows.
            var frame = picture.Pixels[0];
            looked.Add(frame);
            var seen = place(frame) is { } x ? new Box(x, 40, Face, Face).Clip(Width, Height) : default;
            return seen.Width < Face * 0.6f ? [] : [new FaceRegion(seen, 0.9f)];
        });
        IReadOnlyList<FaceRegion>[] masked =
        [
            .. anonymiser.AnonymiseTwice(
                () => Enumerable.Range(0, Frames).Select(frame => Draw(frame, place(frame))), detectEvery: every)
                .Select(frame => frame.Regions),
        ];
        searched = [.. looked];
        return masked;
    }

    private static Picture Draw(int frame, int? left)
    {
        var picture = TestPicture();
        for (var i = 0; left is { } x && i < Face * Face; i++)
        {
            var (column, row) = ((i % Face) + x, (i / Face) + 40);
            if (column is >= 0 and < Width)
            {
                // Brow, eyes and mouth.
                var dark = i / Face is 6 or 7 or 17 or 18 && i % Face is > 3 and < 20 and not 11 and not 12;
                picture.Pixels.AsSpan(picture.OffsetOf(column, row), 3).Fill(dark ? (byte)40 : (byte)220);
            }
        }

        picture.Pixels[0] = (byte)frame;
        return picture;
    }

    private static Picture TestPicture()
    {
        var picture = new Picture(Width, Height);
        for (var i = 0; i < picture.Pixels.Length; i++)
        {
            var (x, y) = (i / 3 % Width, i / 3 / Width);
            picture.Pixels[i] = (byte)(110 + (30 * Math.Sin(x / 7.0) * Math.Cos(y / 5.0)));
        }

        return picture;
    }

    private static double Left(IReadOnlyList<FaceRegion> regions, int x) =>
        FacePixels.Left(new Box(x, 40, Face, Face), regions, Width, Height);
}
