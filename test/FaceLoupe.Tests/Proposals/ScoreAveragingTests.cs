using FaceLoupe.Geometry;
using FaceLoupe.Models;
using FaceLoupe.Proposals;

namespace FaceLoupe.Tests.Proposals;

public class ScoreAveragingTests
{
    private static readonly AveragingSection Section = new() { Absent = -4, Fade = 0.5f };
    private static readonly ScaleStep Any = new(1);
    private static readonly Box Face = new(10, 20, 16, 16);

    [Fact]
    public void a_face_of_two_passes_has_their_mean_logit_and_their_mean_box()
    {
        var merged = Merge(Whole(new Proposal(Face, 3)), Whole(new Proposal(Face.Translate(2, 0), 1)));

        var face = merged.ShouldHaveSingleItem();
        face.Logit.ShouldBe(2, 1e-5);

        // By probability: .953 and .731 of the way of 2 px.
        face.Box.ShouldBeNear(Face.Translate(2 * 0.731f / (0.953f + 0.731f), 0));
    }

    [Fact]
    public void what_one_pass_alone_proposes_is_believed_less()
    {
        Merge(Whole(new Proposal(Face, 3)), Whole()).ShouldHaveSingleItem().Logit.ShouldBe((3f - 4) / 2, 1e-5);
    }

    [Fact]
    public void a_pass_that_was_not_shown_the_place_does_not_count()
    {
        var elsewhere = new Tile(1, new(64, 64, true, true, 16), new(0, 64, false, true, 16));
        var there = new Tile(1, new(0, 64, true, true, 16), new(0, 64, false, true, 16));

        Merge(Whole(new Proposal(Face, 3)), new ScalePass(Any, [elsewhere], [], [])).Single().Logit.ShouldBe(3, 1e-5);
        Merge(Whole(new Proposal(Face, 3)), new ScalePass(Any, [there], [], [])).Single().Logit.ShouldBe(-0.5f, 1e-5);
    }

    [Theory]
    [InlineData(16, 0)] // within the band of both
    [InlineData(30, 1)] // at 1.25 times the upper end the second pass has half a say
    [InlineData(40, 3)]
    public void beyond_its_band_a_pass_has_less_of_a_say(float side, float logit)
    {
        var box = new Box(10, 20, side, side);
        var band = Band(new Proposal(box, -3));

        Merge(Whole(new Proposal(box, 3)), band).ShouldHaveSingleItem().Logit.ShouldBe(logit, 1e-5);
    }

    [Fact]
    public void below_its_band_as_well_and_alone_it_finds_nothing_there()
    {
        ScalePass Of(float side) => Band(new Proposal(new Box(0, 0, side, side), 2));

        Merge(Of(5)).ShouldHaveSingleItem().Logit.ShouldBe(2, 1e-5);
        Merge(Of(3.9f)).ShouldBeEmpty();
        Merge(Of(36.1f)).ShouldBeEmpty();
    }

    [Fact]
    public void the_surest_of_all_comes_first_and_faces_apart_stay_apart()
    {
        var other = new Proposal(Face.Translate(40, 0), 2);

        var merged = Merge(Whole(new Proposal(Face, 3), other), Whole(other));

        merged.Select(proposal => proposal.Logit).ShouldBe([2, -0.5f], 1e-5);
    }

    [Fact]
    public void what_a_step_takes_from_the_one_before_counts_as_its_own()
    {
        var taken = new ScalePass(new ScaleStep(2, 0, 24), [], [new Proposal(Face, 5)], []);

        Merge(taken).ShouldBe([new Proposal(Face, 5)]);
    }

    private static ScalePass Whole(params Proposal[] found) => new(Any, null, [], Own(found));

    private static ScalePass Band(params Proposal[] found) => new(new ScaleStep(2, 6, 24), null, [], Own(found));

    private static PassProposal[] Own(Proposal[] found) =>
        Array.ConvertAll(found, proposal => new PassProposal(proposal, proposal.Box.LongerSide));

    private static Proposal[] Merge(params ScalePass[] passes) =>
        new ScoreAveraging(Section, 0.5f, 0.5f).Merge(passes, -3);
}
