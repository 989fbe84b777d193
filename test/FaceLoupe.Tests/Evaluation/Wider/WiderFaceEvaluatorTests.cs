using CsCheck;
using FaceLoupe.Evaluation;
using FaceLoupe.Evaluation.Wider;
using FaceLoupe.Geometry;
using FaceLoupe.Predictions;
using static FaceLoupe.Tests.Evaluation.Evaluated;

namespace FaceLoupe.Tests.Evaluation.Wider;

public sealed class WiderFaceEvaluatorTests : IDisposable
{
    private const string First = SmallBenchmark.First;
    private const string Second = SmallBenchmark.Second;

    private static readonly ScoredBox OnFirst = Box(0, 0, 9, 9, 0.9);
    private static readonly ScoredBox OnOther = Box(50, 0, 9, 9, 0.8);
    private static readonly ScoredBox OnSecond = Box(10, 10, 19, 19, 0.7);

    private readonly string _folder = Directory.CreateTempSubdirectory("faceloupe-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Perfect_predictions_score_1_everywhere() =>
        Aps(Evaluate((First, [OnFirst, OnOther]), (Second, [OnSecond]))).ShouldBe([1, 1, 1, 1, 1, 1]);

    [Fact]
    public void Without_predictions_everything_is_0() => Aps(Evaluate()).ShouldBe([0, 0, 0, 0, 0, 0]);

    [Fact]
    public void A_prediction_on_an_ignored_face_is_neither_right_nor_wrong()
    {
        // For easy, only the first face counts: the better-scored box on the other face does not harm.
        var result = Evaluate((First, [OnFirst, OnOther with { Score = 0.95 }]));
        result[WiderFaceSetting.Easy].Exact.AveragePrecision.ShouldBe(1);
        result[WiderFaceSetting.Medium].Exact.AveragePrecision.ShouldBe(1);
    }

    [Fact]
    public void A_second_match_of_a_kept_face_is_wrong() =>
        Evaluate((First, [OnFirst, OnFirst with { Score = 0.85 }, OnOther]))[WiderFaceSetting.Medium]
            .Exact.AveragePrecision.ShouldBe((0.5 * 1) + (0.5 * 2 / 3), 1e-12);

    [Fact]
    public void The_added_pixel_decides()
    {
        // 9 x 4 within 9 x 9 overlaps by 0.44; with the added pixel it is 10 x 5 of 10 x 10, which is enough.
        Evaluate((First, [Box(0, 0, 9, 4, 0.9)]))[WiderFaceSetting.Easy].Exact.AveragePrecision.ShouldBe(1);
        Evaluate((First, [Box(0, 0, 9, 3.9f, 0.9)]))[WiderFaceSetting.Easy].Exact.AveragePrecision.ShouldBe(0);
    }

    [Fact]
    public void Boxes_that_only_touch_overlap_by_the_added_pixel() =>
        ToolkitOverlap.IoU(new Box(0, 0, 9, 9), new Box(9, 0, 9, 9)).ShouldBe(10 / 190d, 1e-12);

    [Fact]
    public void A_picture_whose_faces_are_all_ignored_still_counts_its_false_alarms() =>
        // The second image holds a face, but none that easy keeps: the toolkit does not skip it.
        Evaluate((First, [OnFirst]), (Second, [Box(200, 200, 9, 9, 0.95)]))[WiderFaceSetting.Easy]
            .Exact.AveragePrecision.ShouldBe(0.5);

    [Fact]
    public void A_picture_without_any_face_is_skipped() =>
        Evaluate((First, [OnFirst]), (SmallBenchmark.Empty, [Box(0, 0, 9, 9, 0.95)]))[WiderFaceSetting.Easy]
            .Exact.AveragePrecision.ShouldBe(1);

    [Fact]
    public void Scores_are_normalised_over_all_pictures_skipped_ones_too()
    {
        // 0.9 becomes (0.9 - 0) / (2 - 0) = 0.45: it enters at the threshold 1 - 550/1000.
        var official = Evaluate((First, [OnFirst]), (Second, [OnSecond with { Score = 0 }]),
            (SmallBenchmark.Empty, [Box(0, 0, 9, 9, 2)]))[WiderFaceSetting.Easy].Official;
        official.Points.Count.ShouldBe(1000);
        official.Points.First(point => point.Recall > 0).Score.ShouldBe(0.45, 1e-12);
    }

    [Fact]
    public void A_score_on_a_threshold_counts_there()
    {
        // Scores of 0, 0.001 ... 1 are already normal: that of 1 - t/1000 must enter at that threshold and not later.
        var boxes = Enumerable.Range(0, 1001).Select(i => Box(200, 200, 9, 9, i / 1000d)).ToArray();
        var official = Evaluate((First, [.. boxes, OnFirst with { Score = 1 }]))[WiderFaceSetting.Easy].Official;
        official.Points[0].Precision.ShouldBe(1 / 3d, 1e-12); // 1 twice, and 0.999
        official.Points[499].Precision.ShouldBe(1 / 502d, 1e-12);
    }

    [Fact]
    public void Scores_between_two_thresholds_merge_in_the_official_curve_only()
    {
        var result = Evaluate(
            (First, [OnFirst with { Score = 0.50049 }, Box(200, 0, 9, 9, 0.5004), Box(0, 200, 9, 9, 0),
                Box(0, 300, 9, 9, 1)]))[WiderFaceSetting.Easy];
        result.Exact.AveragePrecision.ShouldBe(1 / 2d, 1e-12);
        result.Official.AveragePrecision.ShouldBe(1 / 3d, 1e-12);
    }

    [Fact]
    public void Saturated_scores_lose_what_logits_keep()
    {
        // As probabilities both are 1; as logits the right one is better.
        Evaluate((First, [OnFirst with { Score = 1 },
            Box(200, 0, 9, 9, 1)]))[WiderFaceSetting.Easy].Official.AveragePrecision.ShouldBe(0.5);
        Evaluate((First, [OnFirst with { Score = 30 },
            Box(200, 0, 9, 9, 20)]))[WiderFaceSetting.Easy].Official.AveragePrecision.ShouldBe(1);
    }

    [Fact]
    public void Missing_and_unknown_files_are_named_and_missing_faces_count()
    {
        Write("0--Parade/a.txt", "a\n1\n0 0 9 9 0.9\n");
        Write("0--Parade/z.txt", "z\n1\n0 0 9 9 0.9\n");

        var result = WiderFaceEvaluator.Evaluate(SmallTruth.Value, PredictionFolder.Open(_folder));
        result.Missing.ShouldBe(["0--Parade/b.c", "1--Meeting/d"]);
        result.Unknown.ShouldBe(["0--Parade/z"]);
        result.Predictions.ShouldBe(1);
        result[WiderFaceSetting.Hard].Exact.AveragePrecision.ShouldBe(1 / 3d, 1e-12);
    }

    [Fact]
    public void Predictions_for_other_pictures_only_are_an_error()
    {
        Write("a.txt", "a\n0\n");
        Should.Throw<FaceLoupeException>(
            () => WiderFaceEvaluator.Evaluate(SmallTruth.Value, PredictionFolder.Open(_folder)))
            .Message.ShouldContain(
                "no file belongs to an image of the ground truth; expected names such as 0--Parade/a.txt");
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_refused() =>
        Should.Throw<FaceLoupeException>(() => Evaluate((First, [OnFirst with { Score = double.NaN }])))
            .Message.ShouldStartWith("0--Parade/a: ");

    [Fact]
    public void The_order_of_a_file_does_not_matter() =>
        Gen.Select(
            Gen.Select(Gen.Float[-5, 60], Gen.Float[-5, 15], Gen.Float[4, 14], Gen.Int[0, 6], (x, y, side, score) =>
                Box(x, y, side, side, score)).Array[0, 12],
            Gen.Int[0, 1000])
        .Sample((boxes, seed) =>
        {
            var shuffled = boxes.ToArray();
            new Random(seed).Shuffle(shuffled);
            Aps(Evaluate((First, shuffled))).ShouldBe(Aps(Evaluate((First, boxes))), 1e-12);
        });

    private static WiderFaceResult Evaluate(params (string Key, ScoredBox[] Boxes)[] predictions) =>
        WiderFaceEvaluator.Evaluate(SmallTruth.Value, key =>
            predictions.FirstOrDefault(entry => entry.Key == key).Boxes ?? []);

    private static double[] Aps(WiderFaceResult result) =>
        [.. result.Settings.SelectMany(
            setting => new[] { setting.Official.AveragePrecision, setting.Exact.AveragePrecision })];

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
