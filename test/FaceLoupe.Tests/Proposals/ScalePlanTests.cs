using CsCheck;
using FaceLoupe.Geometry;
using FaceLoupe.Models;
using FaceLoupe.Proposals;

namespace FaceLoupe.Tests.Proposals;

public class ScalePlanTests
{
    private const int Multiple = 16;

    private static readonly Gen<(int TileSize, int Overlap, int Width, int Height, float Factor)> AnyCase =
        Gen.Select(Gen.Int[64, 700], Gen.Int[0, 200], Gen.Int[1, 3000], Gen.Int[1, 500], Gen.Float[0.25f, 4f])
            .Where(c => c.Item1 >= c.Item2 + (2 * Multiple));

    [Fact]
    public void a_picture_up_to_the_tile_size_is_one_tile_rounded_up_to_the_multiple()
    {
        var tile = Plan(1280, 128).Tiles(1024, 705, new ScaleStep(1)).ShouldHaveSingleItem();

        (tile.Columns.Start, tile.Columns.Length, tile.Rows.Length).ShouldBe((0, 1024, 720));
        tile.Region.ShouldBe(new Box(0, 0, 1024, 720));
        tile.Keeps(new Box(-5, -5, 2000, 2000)).ShouldBeTrue();
    }

    [Fact]
    public void an_enlarged_picture_is_cut_evenly()
    {
        var tiles = Plan(1280, 128).Tiles(1024, 600, new ScaleStep(2)).ToArray();

        tiles.Select(tile => (tile.Columns.Start, tile.Columns.Length)).ShouldBe([(0, 1088), (960, 1088)]);
        tiles[1].Region.ShouldBe(new Box(480, 0, 544, 600));
        tiles[1].ToPicture(new Box(40, 20, 16, 8)).ShouldBe(new Box(500, 10, 8, 4));
    }

    [Fact]
    public void the_size_of_a_picture_has_no_limit() =>
        Plan(1280, 128).Tiles(60_000, 1000, new ScaleStep(2)).Last().Region.Right.ShouldBeGreaterThanOrEqualTo(60_000);

    [Fact]
    public void tiles_cover_the_picture_and_fit_the_network() => AnyCase.Sample(c =>
    {
        var tiles = Plan(c.TileSize, c.Overlap).Tiles(c.Width, c.Height, new ScaleStep(c.Factor)).ToArray();
        var columns = tiles.Select(tile => tile.Columns).Distinct().ToArray();
        var rows = tiles.Select(tile => tile.Rows).Distinct().ToArray();
        foreach (var spans in new[] { columns, rows })
        {
            spans[0].Start.ShouldBe(0);
            foreach (var span in spans)
            {
                (span.Start % Multiple, span.Length % Multiple).ShouldBe((0, 0));
                span.Length.ShouldBeInRange(Multiple, c.TileSize);
            }

            foreach (var (before, after) in spans.Zip(spans.Skip(1)))
            {
                (before.Start + before.Length - after.Start).ShouldBeGreaterThanOrEqualTo(c.Overlap);
                after.Start.ShouldBeGreaterThan(before.Start);
            }
        }

        tiles.Max(tile => tile.Region.Right).ShouldBeGreaterThan(c.Width - 0.01f);
        tiles.Max(tile => tile.Region.Bottom).ShouldBeGreaterThan(c.Height - 0.01f);
    });

    [Fact]
    public void a_box_that_fits_into_the_overlap_is_kept_whole_by_some_tile() =>
        Gen.Select(AnyCase, Gen.Float[0, 1], Gen.Float[0, 1], Gen.Float[0.05f, 1]).Sample((c, x, y, share) =>
        {
            float width = c.Width * c.Factor, height = c.Height * c.Factor;
            var side = Math.Min(share * (c.Overlap - 5), Math.Min(width, height) - 0.04f);
            if (side < 1)
            {
                return;
            }

            // A hundredth of a pixel within the image, as sums of floats may end beyond its exact edges.
            var box = new Box(
                0.01f + (x * (width - side - 0.02f)), 0.01f + (y * (height - side - 0.02f)), side, side);
            Plan(c.TileSize, c.Overlap).Tiles(c.Width, c.Height, new ScaleStep(c.Factor)).ShouldContain(tile =>
                Whole(tile.Columns, box.X, box.Right) && Whole(tile.Rows, box.Y, box.Bottom)
                && tile.Keeps(box.Translate(-tile.Columns.Start, -tile.Rows.Start)));
        });

    [Fact]
    public void what_an_inner_border_cuts_is_left_to_the_neighbour_unless_it_is_too_large_for_the_overlap()
    {
        var span = new TileSpan(Start: 0, Length: 200, LowNeighbour: false, HighNeighbour: true, Overlap: 50);

        span.Keeps(170, 199).ShouldBeFalse();
        span.Keeps(170, 197).ShouldBeTrue();
        span.Keeps(100, 210).ShouldBeTrue();
        span.Keeps(-3, 20).ShouldBeTrue();
    }

    [Theory]
    [InlineData(39.9f, false)]
    [InlineData(40, true)]
    [InlineData(99.9f, true)]
    [InlineData(100, false)]
    public void a_step_answers_for_its_band(float side, bool answers)
    {
        new ScaleStep(1, 40, 100).InBand(side).ShouldBe(answers);
        new ScaleStep(1).InBand(side).ShouldBeTrue();
    }

    [Fact]
    public void by_default_a_model_s_scales_stay_as_they_are()
    {
        Planned(8).ShouldBe([new(2, 0, 56), new(0.5f, 48)]);
        Planned(0).ShouldBe([new(2, 0, 56), new(0.5f, 48)]);
    }

    [Fact]
    public void larger_wanted_faces_make_smaller_pictures_do()
    {
        Planned(16).ShouldBe([new(1, 0, 56), new(0.5f, 48)]); // 16 px seen at 1 as 8 px are at 2
        Planned(20).ShouldBe([new(0.8f, 0, 56), new(0.5f, 48)]);
        Planned(96).ShouldBe([new(0.25f, 48)]);
    }

    [Fact]
    public void a_step_no_finer_than_a_coarser_one_leaves_its_band_to_it() =>
        Planned(32).ShouldBe([new(0.5f, 0)]);

    [Fact]
    public void no_wanted_face_gets_smaller_than_the_smallest_anchor()
    {
        var detection = new DetectionSection { Scales = [new ScaleStep(0.5f)] };
        new ScalePlan(detection, Multiple, 12, 8).Steps.ShouldBe([new(0.5f)]);
        new ScalePlan(detection, Multiple, 32, 8).Steps.ShouldBe([new(0.25f)]);
    }

    [Fact]
    public void a_step_that_tells_where_to_look_shrinks_as_the_one_it_tells()
    {
        var focus = new FocusSection { ConfidentScore = 0.9f, ConfidentSide = 20 };
        var detection = new DetectionSection
        {
            Scales = [new(3, 0, 12, focus), new(2, 0, 32, focus), new(0.8f, 28, 140), new(0.25f, 120)],
        };

        var steps = new ScalePlan(detection, Multiple, 16, 8).Steps;

        // Faces of 16 px are seen as those of 8 px are otherwise, and surely seen are those of 40 as otherwise of 20.
        steps.ShouldBe([new(1, 0, 32, focus with { ConfidentSide = 40 }), new(0.5f, 28, 140), new(0.25f, 120)]);
        new ScalePlan(detection, Multiple, 8, 8).Steps.ShouldBe(detection.Scales);
        new ScalePlan(detection, Multiple, 32, 8).Steps.ShouldBe([new(0.7f, 28, 140), new(0.25f, 120)]);
    }

    [Fact]
    public void the_smallest_size_is_searched_whole_and_knows_the_focused_ones()
    {
        var focus = new FocusSection();
        var detection = new DetectionSection { Scales = [new(2, 0, 32, focus), new(1, 28), new(0.5f, 0, 8, focus)] };
        var plan = new ScalePlan(detection, Multiple);

        plan.FromSmallest.ShouldBe(
        [
            (detection.Scales[2], null), (detection.Scales[1], detection.Scales[0]), (detection.Scales[0], null),
        ]);
        plan.ViewOf(512, 256, detection.Scales[2], []).Tiles.ShouldHaveSingleItem();
        plan.ViewOf(512, 256, detection.Scales[1], []).Tiles.ShouldHaveSingleItem();
        plan.ViewOf(512, 256, detection.Scales[0], []).Tiles.ShouldBeEmpty();
        plan.ViewOf(512, 256, detection.Scales[0], [new Proposal(new Box(9, 9, 9, 9), 0)]).Tiles.ShouldHaveSingleItem();
    }

    [Fact]
    public void something_is_always_looked_at() => new ScalePlan(
        new DetectionSection { Scales = [new ScaleStep(1, 0, 24)] }, Multiple, 100).Steps.Count.ShouldBe(1);

    private static IReadOnlyList<ScaleStep> Planned(float minFace) => new ScalePlan(
        new DetectionSection { Scales = [new ScaleStep(2, 0, 56), new ScaleStep(0.5f, 48)] }, Multiple, minFace).Steps;

    private static bool Whole(TileSpan span, float low, float high) =>
        low >= span.Start && high <= span.Start + span.Length;

    private static ScalePlan Plan(int tileSize, int overlap) =>
        new(new DetectionSection { Scales = [new ScaleStep(1)], TileSize = tileSize, TileOverlap = overlap }, Multiple);
}
