using FaceLoupe.Geometry;
using FaceLoupe.Models;
using FaceLoupe.Proposals;

namespace FaceLoupe.Tests.Proposals;

public class ViewTests
{
    private static readonly ScaleStep Step =
        new(2, 0, 32, new FocusSection { ConfidentScore = 0.9f, ConfidentSide = 20 });

    [Fact]
    public void what_is_sure_and_large_enough_needs_no_look()
    {
        var large = new Proposal(new Box(10, 10, 24, 24), 3);
        var small = new Proposal(new Box(100, 10, 16, 16), 3);
        var unsure = new Proposal(new Box(200, 10, 24, 24), 1);

        var (looked, view) = Look(Step, large, small, unsure);

        view.Taken.ShouldBe([large]);
        looked.ShouldBe([small.Box, unsure.Box]);
    }

    [Fact]
    public void by_default_nothing_is_ever_sure()
    {
        var certain = new Proposal(new Box(10, 10, 24, 24), 30);

        var (looked, view) = Look(Step with { Focus = new FocusSection() }, certain);

        view.Taken.ShouldBeEmpty();
        looked.ShouldBe([certain.Box]);
    }

    [Fact]
    public void focus_candidates_of_one_face_are_one()
    {
        var (looked, view) = Look(
            Step, new(new Box(10, 10, 24, 24), 3), new(new Box(14, 10, 24, 24), 1), new(new Box(11, 10, 24, 24), 2));

        looked.ShouldBeEmpty();
        view.Taken.ShouldHaveSingleItem().Logit.ShouldBe(3);
        view.Taken[0].Box.X.ShouldBeInRange(10.1f, 13); // all three have a say
    }

    [Fact]
    public void what_a_tile_shows_anyway_is_left_to_it()
    {
        var confident = new Proposal(new Box(10, 10, 24, 24), 3);
        var everything = new Tile(2, new(0, 512, false, false, 32), new(0, 512, false, false, 32));

        var view = View.Finer([confident], Step.Focus!, _ => [everything]);

        view.Taken.ShouldBeEmpty();
        view.Tiles.ShouldBe([everything]);
    }

    [Fact]
    public void a_face_on_the_border_of_a_tile_is_not_left_to_it()
    {
        var confident = new Proposal(new Box(50, 10, 24, 24), 3);
        var left = new Tile(2, new(0, 128, false, true, 32), new(0, 512, false, false, 32));

        View.Finer([confident], Step.Focus!, _ => [left]).Taken.ShouldBe([confident]);
    }

    private static (Box[] Looked, View View) Look(ScaleStep step, params Proposal[] candidates)
    {
        Box[] looked = [];
        var view = View.Finer(candidates, step.Focus!, places =>
        {
            looked = [.. places];
            return [];
        });
        return (looked, view);
    }
}
