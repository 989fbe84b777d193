using CsCheck;
using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Predictions;
using FaceLoupe.Tests.Geometry;
using static FaceLoupe.Tests.Evaluation.Evaluated;

namespace FaceLoupe.Tests.Evaluation;

public class BoxEvaluatorTests
{
    [Fact]
    public void Perfect_predictions_score_1_in_every_band()
    {
        var result = Evaluate(
            Picture([Face(0, 0, 10, 12), Face(30, 0, 20, 20)], Box(0, 0, 10, 12, 0.9), Box(30, 0, 20, 20, 0.8)),
            Picture([Face(5, 5, 40, 60)], Box(5, 5, 40, 60, 0.7)));

        result.Bands.ShouldAllBe(
            band => band.AveragePrecision == 1 && band.ProposalRecall == 1 && band.RecallAtThreshold == 1
            && band.FalsePositivesPerPicture == 0 && band.LocalizationError == 0);
        result.Bands.Select(band => band.Faces).ShouldBe([3, 1, 1, 1]);
    }

    [Fact]
    public void Without_predictions_everything_is_0()
    {
        var all = Evaluate(Picture([Face(0, 0, 10, 10)]))["all"];
        (all.AveragePrecision, all.ProposalRecall, all.LocalizationError).ShouldBe((0d, 0d, null));
    }

    [Fact]
    public void A_band_without_faces_has_no_figures_but_may_have_false_alarms()
    {
        var larger = Evaluate(Picture([Face(0, 0, 10, 10)], Box(100, 100, 50, 50, 0.9)))["larger"];
        (larger.Faces, larger.AveragePrecision, larger.ProposalRecall, larger.FalsePositivesPerPicture)
            .ShouldBe((0, null, null, 1d));
    }

    [Fact]
    public void No_picture_is_an_error_and_not_an_AP_of_0() =>
        Should.Throw<FaceLoupeException>(() => Evaluate()).Message.ShouldContain("No image");

    [Fact]
    public void A_second_match_of_a_face_is_false() =>
        // 1 right, 1 duplicate, 1 right: precision 1, 1/2, 2/3; envelope 1 up to recall 1/2, then 2/3.
        Evaluate(Picture(
            [Face(0, 0, 10, 10), Face(50, 0, 10, 10)],
            Box(0, 0, 10, 10, 0.9), Box(0, 1, 10, 10, 0.8), Box(50, 0, 10, 10, 0.7)))["all"]
            .AveragePrecision!.Value.ShouldBe((0.5 * 1) + (0.5 * 2 / 3), 1e-12);

    [Fact]
    public void A_prediction_goes_to_its_best_face_even_when_that_is_taken()
    {
        // Both overlap the left face best; the second one would fit the right face too (IoU 0.54), and does not get it.
        var faces = new[] { Face(0, 0, 20, 20), Face(8, 0, 20, 20) };
        var all = Evaluate(Picture(faces, Box(0, 0, 20, 20, 0.9), Box(2, 0, 20, 20, 0.8)))["all"];
        all.ProposalRecall.ShouldBe(0.5);
        all.FalsePositivesPerPicture.ShouldBe(1);
    }

    [Theory]
    [InlineData(5.0f, 1)] // 10x5 within 10x10: IoU exactly 0.5
    [InlineData(4.9f, 0)]
    public void An_IoU_of_one_half_is_enough(float height, double recall) =>
        Evaluate(Picture([Face(0, 0, 10, 10)], Box(0, 0, 10, height, 0.9)))["all"].ProposalRecall.ShouldBe(recall);

    [Fact]
    public void There_is_no_plus_1_pixel() =>
        // 3.9 / 8 = 0.49. With the toolkit's +1 pixel it would be 4.9 / 9 = 0.54, and a match.
        Evaluate(Picture([Face(0, 0, 8, 8)], Box(0, 0, 8, 3.9f, 0.9)))["all"].ProposalRecall.ShouldBe(0);

    [Fact]
    public void Matching_an_invalid_face_is_neither_right_nor_wrong()
    {
        var all = Evaluate(Picture(
            [Face(0, 0, 10, 10, invalid: true), Face(50, 0, 10, 10)],
            Box(0, 0, 10, 10, 0.9), Box(0, 0, 10, 10, 0.8), Box(50, 0, 10, 10, 0.7)))["all"];
        (all.Faces, all.AveragePrecision, all.FalsePositivesPerPicture).ShouldBe((1, 1d, 0d));
    }

    [Fact]
    public void Faces_outside_a_band_and_predictions_on_them_are_ignored()
    {
        var tiny = Evaluate(Picture(
            [Face(0, 0, 16, 16), Face(50, 0, 17, 10)], Box(50, 0, 17, 10, 0.9), Box(0, 0, 16, 16, 0.8)))["tiny"];
        (tiny.Faces, tiny.AveragePrecision).ShouldBe((1, 1d));
    }

    [Theory]
    [InlineData("tiny", 1, true)]
    [InlineData("tiny", 32, true)]
    [InlineData("tiny", 32.5f, false)]
    [InlineData("small", 7.5f, false)]
    [InlineData("small", 8, true)]
    [InlineData("small", 64, true)]
    [InlineData("small", 65, false)]
    [InlineData("larger", 15.5f, false)]
    [InlineData("larger", 16, true)]
    [InlineData("larger", 900, true)]
    [InlineData("all", 900, true)]
    public void An_unmatched_prediction_is_blamed_from_half_to_twice_the_band(string band, float side, bool blamed) =>
        Evaluate(Picture(
            [Face(0, 0, 10, 10)], Box(2000, 0, 1, side, 0.9)))[band].FalsePositivesPerPicture.ShouldBe(blamed ? 1 : 0);

    [Fact]
    public void A_prediction_of_another_size_on_a_face_of_the_band_counts() =>
        // The face decides: it is of 30 px, so the prediction of 33 px counts where small faces do.
        Evaluate(Picture([Face(0, 0, 30, 30)], Box(0, 0, 30, 33, 0.9)))["small"].AveragePrecision.ShouldBe(1);

    [Fact]
    public void Only_the_best_of_the_budget_count_for_the_recall_of_proposals()
    {
        var evaluator = new BoxEvaluator(new BoxEvaluationOptions { ProposalBudget = 2 });
        var picture = Picture(
            [Face(0, 0, 10, 10), Face(50, 0, 10, 10)],
            Box(50, 0, 10, 10, 0.1), Box(200, 0, 10, 10, 0.8), Box(0, 0, 10, 10, 0.9));
        evaluator.Evaluate([picture])["all"].ProposalRecall.ShouldBe(0.5);
    }

    [Fact]
    public void False_alarms_recall_and_threshold()
    {
        var all = new BoxEvaluator(new BoxEvaluationOptions { Threshold = 0 }).Evaluate(
        [
            Picture([Face(0, 0, 10, 10), Face(50, 0, 10, 10)],
                Box(0, 0, 10, 10, 3), Box(100, 0, 10, 10, 0), Box(120, 0, 10, 10, -0.1), Box(50, 0, 10, 10, -2)),
            Picture([]),
        ])["all"];
        (all.FalsePositivesPerPicture, all.RecallAtThreshold, all.ProposalRecall).ShouldBe((0.5, 0.5, 1d));
    }

    [Fact]
    public void Localisation_error_is_the_mean_of_1_minus_IoU_over_the_found_faces() =>
        Evaluate(Picture(
            [Face(0, 0, 10, 10), Face(50, 0, 10, 10)],
            Box(0, 0, 10, 8, 0.9), Box(0, 0, 10, 10, 0.3), Box(50, 0, 10, 6, 0.8), Box(300, 0, 10, 6, 0.7)))["all"]
            .LocalizationError!.Value.ShouldBe((0.2 + 0.4) / 2, 1e-6);

    [Fact]
    public void Scores_that_round_to_1_as_probabilities_stay_apart_as_logits() =>
        Evaluate(Picture(
            [Face(0, 0, 10, 10)], Box(50, 0, 10, 10, 40), Box(0, 0, 10, 10, 50)))["all"].AveragePrecision.ShouldBe(1);

    [Fact]
    public void Predictions_of_one_score_enter_together()
    {
        var picture = Picture([Face(0, 0, 10, 10)], Box(0, 0, 10, 10, 1), Box(50, 0, 10, 10, 1));
        Evaluate(picture)["all"].AveragePrecision.ShouldBe(0.5);
        Evaluate(
            picture with { Predictions = [.. picture.Predictions.Reverse()] })["all"].AveragePrecision.ShouldBe(0.5);
    }

    [Theory]
    [InlineData(0, double.NaN)]
    [InlineData(0, double.PositiveInfinity)]
    [InlineData(float.NaN, 0.5)]
    [InlineData(float.NegativeInfinity, 0.5)]
    public void Numbers_that_are_not_finite_are_refused(float x, double score) =>
        Should.Throw<FaceLoupeException>(() => Evaluate(Picture([Face(0, 0, 10, 10)], Box(x, 0, 10, 10, score))))
            .Message.ShouldStartWith("image: prediction 1 ");

    [Fact]
    public void Impossible_options_are_refused_in_one_line() => Should.Throw<FaceLoupeException>(() => new BoxEvaluator(
        new BoxEvaluationOptions { IouThreshold = 0, Threshold = double.NaN, ProposalBudget = 0, Bands = [] }))
        .Message.ShouldBe(
            "Evaluation options: IouThreshold is 0, not above 0 and up to 1; Threshold is NaN, not finite; "
            + "ProposalBudget is 0, not at least 1; Bands is empty, expected at least one.");

    private static readonly Gen<EvaluatedPicture> AnyPicture =
        Gen.Select(
            Boxes.Crowded.Select(box => new FaceAnnotation(box)).Array[0, 6],
            Gen.Select(Boxes.Crowded, Gen.Int[0, 8], (box, score) => new ScoredBox(box, score)).Array[0, 12],
            (faces, predictions) => new EvaluatedPicture("any", faces, predictions));

    [Fact]
    public void The_order_of_pictures_and_predictions_does_not_matter() =>
        Gen.Select(AnyPicture.Array[1, 4], Gen.Int[0, 1000]).Sample((pictures, seed) =>
        {
            var random = new Random(seed);
            var shuffled = pictures.Select(picture =>
            {
                var predictions = picture.Predictions.ToArray();
                random.Shuffle(predictions);
                return picture with { Predictions = predictions };
            }).Reverse().ToArray();

            foreach (var (one, other) in Evaluate(pictures).Bands.Zip(Evaluate(shuffled).Bands))
            {
                other.AveragePrecision.GetValueOrDefault().ShouldBe(one.AveragePrecision.GetValueOrDefault(), 1e-12);
                other.FalsePositivesPerPicture.ShouldBe(one.FalsePositivesPerPicture);
                other.ProposalRecall.ShouldBe(one.ProposalRecall);
                other.LocalizationError.GetValueOrDefault().ShouldBe(one.LocalizationError.GetValueOrDefault(), 1e-9);
            }
        });

    [Fact]
    public void Only_the_order_of_scores_matters() => AnyPicture.Array[1, 4].Sample(pictures =>
    {
        var warped = pictures.Select(picture => picture with
        {
            Predictions = [.. picture.Predictions.Select(box => box with { Score = Math.Exp(box.Score) - 100 })],
        }).ToArray();
        Evaluate(warped)["all"].AveragePrecision.ShouldBe(Evaluate(pictures)["all"].AveragePrecision);
    });

    [Fact]
    public void One_more_false_alarm_never_helps() => Gen.Select(AnyPicture, Gen.Int[0, 8]).Sample((picture, score) =>
    {
        var worse = picture with { Predictions = [.. picture.Predictions, Box(5000, 5000, 20, 20, score)] };
        Evaluate(worse)["all"].AveragePrecision.GetValueOrDefault()
            .ShouldBeLessThanOrEqualTo(Evaluate(picture)["all"].AveragePrecision.GetValueOrDefault());
    });
}
