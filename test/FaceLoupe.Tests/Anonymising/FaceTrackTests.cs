using FaceLoupe.Anonymising;
using FaceLoupe.Geometry;

namespace FaceLoupe.Tests.Anonymising;

/// <summary>Faces that the edge of the image cuts, among faces that move otherwise: each stays hidden.</summary>
public class FaceTrackTests
{
    private static readonly (int Width, int Height) Size = (640, 360);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void one_that_peeks_in_and_leaves_is_followed_out(int others)
    {
        // Enters by .8 px per frame, stands with 40 px in the image, and leaves; surest while it stands.
        static Box At(int frame) => new(
            frame < 50 ? 640 - (0.8f * frame) : frame < 150 ? 600 : 600 + (0.8f * (frame - 150)), 100, 60, 75);

        ShouldBeHidden(At, Plan(
            201, At, frame => frame is < 25 or > 175 ? null : frame is >= 90 and < 110 ? 0.95f : 0.8f,
            (i, _) => Other(i), others));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-3, 1)]
    [InlineData(0, 5)]
    public void one_that_walks_along_the_edge_keeps_its_own_motion(float most, int every)
    {
        static Box At(int frame) => new(40 + (8 * frame), -20, 60, 75);
        var carry = FaceTracker.CarryFor(5, every);

        var plan = Plan(
            56, At, frame => frame is >= 10 and <= 40 ? 0.9f : null, (i, frame) => Other(i).Translate(most * frame, 0),
            carry: carry, every: every);

        ShouldBeHidden(At, plan, 10 - carry, 40 + carry);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void one_that_enters_against_the_others_is_hidden_from_its_first_pixels(float most)
    {
        static Box At(int frame) => new(640 - (2 * frame), 100, 90, 110);

        ShouldBeHidden(At, Plan(
            40, At, frame => frame < 15 ? null : 0.8f, (i, frame) => Other(i).Translate(most * frame, 0)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void one_that_was_whole_long_ago_is_followed_out(bool stream)
    {
        static Box At(int frame) => new(
            frame < 30 ? 500 : frame < 60 ? 500 + (3.5f * (frame - 30)) : frame < 120 ? 605
                : 605 + (0.8f * (frame - 120)),
            100, 60, 75);

        ShouldBeHidden(At, Plan(
            190, At, frame => frame > 138 ? null : frame is > 80 and < 90 ? 0.95f : 0.85f, (i, _) => Other(i),
            stream: stream));
    }

    [Fact]
    public void one_that_stands_has_a_mask_of_its_size_while_the_others_walk()
    {
        var face = new Box(-20, 100, 44, 60);

        var plan = Plan(
            70, _ => face, frame => frame == 0 ? 0.95f : 0.9f,
            (i, frame) => new Box(20 + (50 * i) + (6 * frame), 20 + (55 * i) + (2 * frame), 40, 50));

        plan.SelectMany(regions => regions).Max(region => region.Box.Area).ShouldBeLessThan(2 * face.Area);
    }

    [Fact]
    public void one_that_was_only_seen_cut_is_masked_where_most_move()
    {
        // A pan of -2 px per frame. The last face enters at the right edge with frame 33; its first box is of its
        // forehead alone, and from that box to the next it seems to fall.
        const int Frames = 41;
        static Box Entering(int frame) => new Box(638 - (2 * (frame - 33)), 73, 26, 36).Clip(Size.Width, Size.Height);
        var found = Enumerable.Range(0, Frames).Select(_ => new List<FaceRegion>()).ToArray();
        foreach (var frame in (int[])[20, 25, 30, 35, 40])
        {
            found[frame].AddRange(from x in (int[])[200, 300, 400]
                                  select new FaceRegion(new Box(x - (2 * frame), 100, 26, 36), 0.9f));
        }

        found[37].Add(new FaceRegion(new Box(627.8f, 66.4f, 12.2f, 21.3f), 0.03f));
        found[39].Add(new FaceRegion(new Box(625.8f, 76.8f, 14.2f, 30.4f), 0.6f));
        found[40].Add(new FaceRegion(new Box(623.8f, 76.3f, 16.2f, 31.9f), 0.9f));

        var plan = new FaceTracker(9).Plan(found, Size);

        for (var frame = 34; frame < Frames; frame++)
        {
            plan[frame].Max(at => Overlap.Coverage(Entering(frame), at.Region.Box))
                .ShouldBeGreaterThan(0.75f, $"frame {frame}");
        }
    }

    private static Box Other(int i) => new(220 + (120 * i), 220, 40, 50);

    private static IReadOnlyList<FaceRegion>[] Plan(
        int frames, Func<int, Box> face, Func<int, float?> score, Func<int, int, Box> other, int others = 3,
        int carry = 5, int every = 1, bool stream = false)
    {
        var image = new Box(0, 0, Size.Width, Size.Height);
        IReadOnlyList<FaceRegion>[] found =
        [
            .. Enumerable.Range(0, frames).Select(frame => (IReadOnlyList<FaceRegion>)(frame % every > 0 ? [] :
            [
                .. Enumerable.Range(0, others).Select(i => other(i, frame))
                    .Where(box => Overlap.Coverage(box.Enlarge(1.5f), image) == 1)
                    .Select(box => new FaceRegion(box, 0.9f)),
                .. score(frame) is { } sure
                    ? [new FaceRegion(face(frame).Clip(Size.Width, Size.Height), sure)] : (FaceRegion[])[],
            ])),
        ];
        var tracker = new FaceTracker(carry);
        var tracked = stream
            ? tracker.FollowTracks(found.Select((regions, frame) => (frame, regions)), _ => Size)
                .Select(item => item.Regions)
            : tracker.Plan(found, Size);
        return [.. tracked.Select(regions => (IReadOnlyList<FaceRegion>)[.. regions.Select(at => at.Region)])];
    }

    private static void ShouldBeHidden(
        Func<int, Box> face, IReadOnlyList<FaceRegion>[] plan, int first = 0, int last = int.MaxValue)
    {
        for (var frame = first; frame <= Math.Min(last, plan.Length - 1); frame++)
        {
            // Less than a pixel of it is no face in the image.
            if (face(frame).Clip(Size.Width, Size.Height) is { Width: >= 1, Height: >= 1 })
            {
                FacePixels.Left(face(frame), plan[frame], Size.Width, Size.Height)
                    .ShouldBeLessThanOrEqualTo(0.25, $"frame {frame}");
            }
        }
    }
}
