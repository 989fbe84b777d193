using CsCheck;
using FaceLoupe.Anonymising;
using FaceLoupe.Geometry;
using FaceLoupe.Tests.Geometry;

namespace FaceLoupe.Tests.Anonymising;

public class FaceTrackerTests
{
    [Fact]
    public void a_gap_is_filled_by_even_movement()
    {
        // Found at x = 10 in frame 2 and at x = 16 in frame 5, growing from 10 to 13 px.
        var result = Follow(1, 8, (2, new Box(10, 0, 10, 10), 0.9f), (5, new Box(16, 3, 13, 10), 0.6f));

        // A gap of two frames is too long for a carry of one: each box stands still for one frame.
        result[3].ShouldBe([new FaceRegion(new Box(10, 0, 10, 10), 0.9f, Carried: true)]);
        result[4].ShouldBe([new FaceRegion(new Box(16, 3, 13, 10), 0.6f, Carried: true)]);

        result = Follow(2, 8, (2, new Box(10, 0, 10, 10), 0.9f), (5, new Box(16, 3, 13, 10), 0.6f));
        result[2].ShouldBe([new FaceRegion(new Box(10, 0, 10, 10), 0.9f)]);
        result[3].ShouldHaveSingleItem().Box.ShouldBeNear(new Box(12, 1, 11, 10), 1e-4f);
        result[4].ShouldHaveSingleItem().Box.ShouldBeNear(new Box(14, 2, 12, 10), 1e-4f);
        (result[4][0].Score, result[4][0].Carried).ShouldBe((0.6f, true));
        result[5].ShouldBe([new FaceRegion(new Box(16, 3, 13, 10), 0.6f)]);
    }

    [Fact]
    public void a_box_stands_still_before_the_first_and_after_the_last_detection()
    {
        var box = new Box(10, 10, 20, 20);

        var result = Follow(3, 12, (5, box, 0.8f));

        Counts(result).ShouldBe([0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0]);
        result[2].ShouldBe([new FaceRegion(box, 0.8f, Carried: true)]);
        result[5].ShouldBe([new FaceRegion(box, 0.8f)]);
        result[8].ShouldBe([new FaceRegion(box, 0.8f, Carried: true)]);
    }

    [Fact]
    public void carrying_nothing_leaves_what_was_found() =>
        Counts(Follow(0, 5, (1, new Box(0, 0, 9, 9), 0.5f), (3, new Box(0, 0, 9, 9), 0.5f))).ShouldBe([0, 1, 0, 1, 0]);

    [Fact]
    public void the_start_and_the_end_of_the_video_are_no_gaps() =>
        Counts(Follow(5, 3, (0, new Box(0, 0, 9, 9), 0.5f), (2, new Box(0, 0, 9, 9), 0.5f))).ShouldBe([1, 1, 1]);

    [Fact]
    public void two_faces_side_by_side_keep_their_own_boxes()
    {
        var (left, right) = (new Box(0, 0, 20, 20), new Box(24, 0, 20, 20));

        // Both move to the right; in frame 1 neither is found.
        var result = Follow(
            2, 3,
            (0, left, 0.9f), (0, right, 0.8f), (2, right.Translate(4, 0), 0.8f), (2, left.Translate(4, 0), 0.9f));

        Counts(result).ShouldBe([2, 2, 2]);
        result[1].Select(region => region.Box).OrderBy(box => box.X)
            .ShouldBe([left.Translate(2, 0), right.Translate(2, 0)]);
    }

    [Fact]
    public void a_face_that_jumps_begins_a_track_of_its_own_and_both_are_held()
    {
        var result = Follow(1, 4, (1, new Box(0, 0, 10, 10), 0.9f), (2, new Box(80, 0, 10, 10), 0.9f));

        result[1].Select(region => (region.Box.X, region.Carried))
            .ShouldBe([(0f, false), (80f, true)], ignoreOrder: true);
        result[2].Select(region => (region.Box.X, region.Carried))
            .ShouldBe([(0f, true), (80f, false)], ignoreOrder: true);
    }

    [Fact]
    public void a_face_out_of_sight_may_have_gone_farther_than_one_in_sight()
    {
        // 10 px wide, 9 px further: side by side with almost no overlap.
        Counts(Follow(4, 2, (0, new Box(0, 0, 10, 10), 1), (1, new Box(9, 0, 10, 10), 1))).ShouldBe([2, 2]);

        // After three frames without it, it is taken for the same: the box in the middle is between the two.
        Follow(4, 5, (0, new Box(0, 0, 10, 10), 1), (4, new Box(9, 0, 10, 10), 1))[2]
            .ShouldHaveSingleItem().Box.ShouldBeNear(new Box(4.5f, 0, 10, 10), 1e-4f);
    }

    [Fact]
    public void what_was_found_is_always_masked_and_gaps_never_flash() =>
        Gen.Select(Gen.Int[0, 4], Gen.Bool.Array[1, 30]).Sample((carry, seen) =>
        {
            var box = new Box(5, 5, 12, 12);
            var found = Enumerable.Range(0, seen.Length).Where(i => seen[i]).ToArray();

            var result = Follow(carry, seen.Length, [.. found.Select(i => ((long)i, box, 0.5f))]);

            for (var i = 0; i < seen.Length; i++)
            {
                // Two where a gap is too long to be one: the box before it and the box after it are both held.
                result[i].Any(region => !region.Carried).ShouldBe(seen[i]);
                (result[i].Count > 0).ShouldBe(found.Any(at => Math.Abs(at - i) <= carry));
            }
        }, iter: 300);

    [Fact]
    public void no_more_frames_are_held_than_are_carried()
    {
        var read = 0;
        var frames = Enumerable.Range(0, 100).Select(i =>
        {
            read++;
            return (i, (IReadOnlyList<FaceRegion>)[]);
        });

        var given = 0;
        foreach (var (frame, _) in new FaceTracker(7).Follow(frames))
        {
            frame.ShouldBe(given++);
            (read - given).ShouldBeLessThanOrEqualTo(7);
        }

        given.ShouldBe(100);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(FaceTracker.MaxCarry + 1)]
    public void an_impossible_carry_is_refused(int carry) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new FaceTracker(carry));

    private static IReadOnlyList<FaceRegion>[] Follow(
        int carry, int frames, params (long Frame, Box Box, float Score)[] found) =>
    [
        .. new FaceTracker(carry)
            .Follow(Enumerable.Range(0, frames).Select(i => (i, (IReadOnlyList<FaceRegion>)
                [.. found.Where(at => at.Frame == i).Select(at => new FaceRegion(at.Box, at.Score))])))
            .Select(item => item.Regions),
    ];

    private static int[] Counts(IEnumerable<IReadOnlyList<FaceRegion>> result) => [.. result.Select(r => r.Count)];
}
