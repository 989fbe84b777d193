using FaceLoupe.Anonymising;
using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Tests.Anonymising;

public class MaskEvaluatorTests
{
    private static readonly Box Face = new(100, 100, 20, 20);

    [Fact]
    public void a_mask_on_a_face_hides_it()
    {
        var masks = Evaluate([Face], (Face, 2));

        masks.Hidden(2).ShouldBe(1);
        masks.Hidden(2.1).ShouldBe(0);
        masks.FalsePositives(0).ShouldBe(0);
    }

    [Theory]
    // 30 % of a face's width beside it: the mask, 30 % larger, still covers three quarters of the face
    [InlineData(6, 1)]
    [InlineData(10, 0)]
    public void a_mask_beside_a_face_hides_it_where_enough_is_covered(float shift, double hidden)
    {
        var masks = Evaluate([Face], (Face.Translate(shift, 0), 1));

        masks.Hidden(0).ShouldBe(hidden);
        masks.FalsePositives(0).ShouldBe(0, "it is on a face, if not well");
    }

    [Fact]
    public void two_halves_hide_a_face_from_the_lower_score()
    {
        var masks = Evaluate([Face], (Face.Translate(10, 0), 3), (Face.Translate(-10, 0), 1));

        masks.Hidden(1).ShouldBe(1);
        masks.Hidden(2).ShouldBe(0);
    }

    [Fact]
    public void the_ellipse_of_a_face_counts_not_the_corners_of_its_box()
    {
        var whole = new MaskEvaluationOptions { HiddenShare = 1, Mask = new MaskOptions { Scale = 1 } };

        Evaluate(whole, [Face], (Face, 1)).Hidden(0).ShouldBe(1);
    }

    [Fact]
    public void a_box_covers_more_than_an_ellipse()
    {
        MaskEvaluation With(MaskShape shape) => Evaluate(
            new MaskEvaluationOptions { HiddenShare = 0.6f, Mask = new MaskOptions { Scale = 1, Shape = shape } },
            [Face], (Face.Translate(5, 5), 1));

        // Of a disc, the mask shifted by half its radius both ways covers 0.56 as a disc and 0.63 as a square.
        With(MaskShape.Ellipse).Hidden(0).ShouldBe(0);
        With(MaskShape.Box).Hidden(0).ShouldBe(1);
    }

    [Fact]
    public void a_mask_far_from_every_face_is_a_false_positive_and_one_too_large_as_well()
    {
        var masks = Evaluate(
            [Face], (Face.Translate(200, 0), 3), (Face.Enlarge(5), 2), (Face, 1), (Face.Translate(1, 0), 1));

        masks.FalsePositives(3).ShouldBe(1);
        masks.FalsePositives(0).ShouldBe(2);
        masks.Hidden(2).ShouldBe(1, "a mask too large hides the face too");
    }

    [Fact]
    public void false_positive_masks_are_counted_a_picture_and_by_size()
    {
        var masks = new MaskEvaluator().Evaluate(
        [
            Picture([], (new Box(0, 0, 10, 10), 1)),
            Picture([Face], (Face, 1), (new Box(0, 0, 100, 100), 1)),
        ]);

        masks.Pictures.ShouldBe(2);
        masks.FalsePositives(0).ShouldBe(1);
        masks.FalsePositives(0, SizeBand.Standard[1]).ShouldBe(0.5);
        masks.Hidden(0, SizeBand.Standard[1]).ShouldBeNull("no face is tiny");
        masks.Hidden(0, SizeBand.Standard[2]).ShouldBe(1);
    }

    [Fact]
    public void a_threshold_hides_the_share_asked_for_and_no_higher_one_does()
    {
        Box[] faces = [.. Enumerable.Range(0, 10).Select(i => new Box(100 * i, 0, 20, 20))];
        var masks = Evaluate(faces, [.. faces.Take(9).Select((face, i) => (face, 9.0 - i))]);

        masks.ThresholdFor(0.5).ShouldBe(5);
        masks.ThresholdFor(0.51).ShouldBe(4);
        masks.ThresholdFor(0.9).ShouldBe(1);
        masks.ThresholdFor(0.91).ShouldBeNull();
        masks.Ceiling.ShouldBe(0.9);
    }

    [Fact]
    public void faces_flagged_invalid_count_as_neither()
    {
        var masks = new MaskEvaluator().Evaluate(
            [new EvaluatedPicture("a", [new FaceAnnotation(Face) { Invalid = true }], [new ScoredBox(Face, 1)])]);

        masks.Ceiling.ShouldBeNull();
        masks.FalsePositives(0).ShouldBe(0);
        masks.ThresholdFor(0.5).ShouldBeNull();
    }

    [Fact]
    public void what_cannot_be_evaluated_is_refused()
    {
        Should.Throw<FaceLoupeException>(() => new MaskEvaluator().Evaluate([])).Message.ShouldContain("No image");
        Should.Throw<FaceLoupeException>(() => Evaluate([Face], (Face, double.NaN))).Message.ShouldContain(
            "prediction 1");
        Should.Throw<FaceLoupeException>(
            () => new MaskEvaluator(new() { HiddenShare = 0, FalsePositiveBelow = 2 })).Message.ShouldBe(
            "Mask evaluation options: HiddenShare is 0, not above 0 and up to 1; FalsePositiveBelow is 2, not above "
                + "0 and up to 1.");
        Should.Throw<FaceLoupeException>(
            () => new MaskEvaluator(new() { Mask = new MaskOptions { Scale = 9 } })).Message
            .ShouldContain("Scale is 9");
    }

    private static MaskEvaluation Evaluate(Box[] faces, params (Box, double)[] masks) =>
        Evaluate(new MaskEvaluationOptions(), faces, masks);

    private static MaskEvaluation Evaluate(MaskEvaluationOptions options, Box[] faces, params (Box, double)[] masks) =>
        new MaskEvaluator(options).Evaluate([Picture(faces, masks)]);

    private static EvaluatedPicture Picture(Box[] faces, params (Box Box, double Score)[] masks) => new(
        "a", [.. faces.Select(face => new FaceAnnotation(face))],
        [.. masks.Select(mask => new ScoredBox(mask.Box, mask.Score))]);
}
