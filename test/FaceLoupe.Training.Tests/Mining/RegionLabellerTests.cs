using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Predictions;
using FaceLoupe.Proposals;
using FaceLoupe.Scoring;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Mining;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Tests.Mining;

public sealed class RegionLabellerTests
{
    private static readonly Box Face = new(20, 20, 20, 20);

    private static readonly MiningOptions Options = new()
    {
        JitteredFaces = 0, NonFacesPerFace = 2, NonFacesOfEmptyCanvas = 3, HardestShare = 1,
    };

    [Fact]
    public void half_of_the_non_faces_are_the_hardest_and_the_others_are_drawn_from_the_rest()
    {
        Proposal[] proposals =
            [.. Enumerable.Range(0, 40).Select(i => new Proposal(new Box(60 + i, 60, 10, 10), 10 - i))];
        var labeller = new RegionLabeller(Options with { NonFacesOfEmptyCanvas = 8, HardestShare = 0.5 });
        var drawn = new HashSet<float>();
        for (var i = 0; i < 20; i++)
        {
            var logits = labeller.Label(Canvas(), proposals, new SampleRandom(1, i)).Select(region => region.Logit)
                .ToArray();

            logits.Length.ShouldBe(8);
            logits[..4].ShouldBe([10f, 9, 8, 7]);
            logits.Distinct().Count().ShouldBe(8);
            drawn.UnionWith(logits[4..]);
        }

        drawn.Count.ShouldBeGreaterThan(25);
    }

    [Fact]
    public void overlap_decides_and_proposals_between_the_limits_are_left_out()
    {
        var regions = Label(
            Canvas(Face), new(Face, 3), new(new Box(20, 20, 20, 12), 2),
            new(new Box(20, 20, 20, 8), 1), new(new Box(50, 20, 10, 10), 0));

        regions.Select(region => (region.IsFace, region.Logit)).ShouldBe([(true, 3f), (true, 2f), (false, 0f)]);
        regions[0].ShouldBe(new LabelledRegion(Face, 3, true, 1, default));
        regions[1].IoU.ShouldBe(0.6f, 1e-6f);
        regions[1].Delta.Decode(regions[1].Box).Height.ShouldBe(20, 1e-4f);
        regions[2].Delta.ShouldBe(default);
    }

    [Fact]
    public void the_hardest_non_faces_are_kept_in_proportion_to_the_faces()
    {
        var elsewhere = new float[] { 0, -1, 2, -3, 4, -5 }
            .Select((logit, i) => new Proposal(new Box(60, 10 * i, 8, 8), logit)).ToArray();

        Label(Canvas(Face), [new(Face, 1), .. elsewhere]).Skip(1).Select(region => region.Logit).ShouldBe([4f, 2]);
        Label(Canvas(), elsewhere).Select(region => region.Logit).ShouldBe([4f, 2, 0]);
    }

    [Fact]
    public void a_face_with_many_proposals_keeps_the_best_few() =>
        Label(Canvas(Face), [.. Enumerable.Range(0, 5).Select(i => new Proposal(Face, 5 - i))])
            .Select(region => region.Logit).ShouldBe([5f, 4]);

    [Fact]
    public void a_proposal_belongs_to_the_face_that_it_overlaps_most()
    {
        var other = new Box(28, 20, 20, 20);

        var region = Label(Canvas(Face, other), new Proposal(new Box(26, 20, 20, 20), 0)).ShouldHaveSingleItem();

        region.Delta.Decode(region.Box).X.ShouldBe(other.X, 1e-4f);
    }

    [Theory]
    [InlineData(45, 45, 20, 20)] // overlaps it
    [InlineData(50, 50, 6, 6)] // lies in it
    public void ignored_places_are_no_background(float x, float y, float width, float height)
    {
        var canvas = Canvas() with { Ignored = [new Box(44, 44, 22, 22)] };

        Label(canvas, new(new Box(x, y, width, height), 1), new(new Box(0, 0, 9, 9), 0))
            .ShouldHaveSingleItem().Logit.ShouldBe(0);
    }

    [Fact]
    public void where_unlabelled_faces_are_likely_confident_non_faces_are_left_out()
    {
        var canvas = Canvas() with { UnlabelledFacesLikely = true };
        Proposal[] proposals = [new(new Box(0, 0, 9, 9), 2), new(new Box(30, 0, 9, 9), Logistic.Logit(0.29f))];

        Label(canvas, proposals).ShouldHaveSingleItem().Box.X.ShouldBe(30);
        Label(canvas with { UnlabelledFacesLikely = false }, proposals).Count.ShouldBe(2);
    }

    [Fact]
    public void tiny_proposals_are_left_out() =>
        Label(Canvas(), new Proposal(new Box(0, 0, 4, 4.9f), 1)).ShouldBeEmpty();

    [Fact]
    public void jittered_copies_of_a_face_are_faces_whose_delta_leads_back()
    {
        var regions = new RegionLabeller(Options with { JitteredFaces = 20, FaceIoU = 0.6f })
            .Label(Canvas(Face), [], new SampleRandom(1, 0));

        regions.Count.ShouldBeInRange(5, 20); // copies shifted too far are dropped
        regions.ShouldAllBe(region => region.IsFace && region.IoU >= 0.6f && region.Logit == 0);
        regions.ShouldAllBe(region => Overlap.IoU(region.Delta.Decode(region.Box), Face) > 0.999f);
        regions.DistinctBy(region => region.Box).Count().ShouldBe(regions.Count);
    }

    [Fact]
    public void impossible_options_are_reported()
    {
        OptionFaults.Of(new MiningOptions { Canvases = 0 }).ShouldHaveSingleItem().ShouldContain("canvases");
        OptionFaults.Of(new MiningOptions { NonFaceIoU = 0.6f }).ShouldHaveSingleItem().ShouldContain("nonFaceIoU");
        OptionFaults.Of(new MiningOptions { MinScore = 0 }).ShouldHaveSingleItem().ShouldContain("minScore");
        OptionFaults.Of(new MiningOptions { Jitter = 0.5f }).ShouldHaveSingleItem().ShouldContain("jitter");
        OptionFaults.Of(new MiningOptions()).ShouldBeEmpty();
    }

    [Fact]
    public void what_other_detectors_see_makes_labels_probabilities()
    {
        var elsewhere = new Box(60, 60, 20, 20);
        var regions = LabelSeen(
            Canvas(Face), [new(Face, 0.5), new(elsewhere, 0.7), new(new Box(60, 20, 10, 10), 0.2)], new(Face, 3),
            new(new Box(60, 60, 20, 18), 2), new(new Box(60, 20, 10, 10), 1), new(new Box(90, 90, 10, 10), 0));

        regions.Select(region => (region.IsFace, region.Logit)).ShouldBe(
            [(true, 3f), (true, 2f), (false, 1f), (false, 0f)]);
        regions.Select(region => region.Chance).ShouldBe([0.8f, 0.7f, 0.2f, 0], 1e-6);
        regions[1].Delta.Decode(regions[1].Box).ShouldBe(elsewhere);
    }

    [Fact]
    public void what_fits_a_face_badly_that_only_others_see_is_left_out()
    {
        Proposal half = new(new Box(60, 60, 20, 9), 2);

        LabelSeen(Canvas(), [new(new Box(60, 60, 20, 20), 0.7)], half).ShouldBeEmpty();
        LabelSeen(Canvas(), [new(new Box(60, 60, 20, 20), 0.05)], half).ShouldHaveSingleItem().Chance.ShouldBe(0);
    }

    [Fact]
    public void where_faces_are_unlabelled_non_faces_need_others_to_see_none()
    {
        var canvas = Canvas() with { UnlabelledFacesLikely = true };
        Proposal sure = new(new Box(60, 60, 20, 20), 2);

        Label(canvas, sure).ShouldBeEmpty();
        LabelSeen(canvas, [], sure).ShouldHaveSingleItem().IsFace.ShouldBeFalse();
    }

    private static IReadOnlyList<LabelledRegion> LabelSeen(
        TrainingCanvas canvas, ScoredBox[] seen, params Proposal[] proposals) => new RegionLabeller(Options).Label(
        canvas, proposals, new SampleRandom(1, 0), new SeenFaces(canvas.Faces, seen, 0.6f));

    private static IReadOnlyList<LabelledRegion> Label(TrainingCanvas canvas, params Proposal[] proposals) =>
        new RegionLabeller(Options).Label(canvas, proposals, new SampleRandom(1, 0));

    private static TrainingCanvas Canvas(params Box[] faces) => new(new Picture(1, 1), null, faces, []);
}
