using FaceLoupe.Evaluation.Fddb;
using FaceLoupe.Geometry;

namespace FaceLoupe.Tests.Evaluation.Fddb;

public class FddbEvaluatorTests
{
    [Fact]
    public void Two_curves_by_hand()
    {
        var folds = new[]
        {
            Picture("a", Rectangle(0, 0, 10, 10), Rectangle(50, 0, 10, 10)),
            Picture("b", Rectangle(0, 0, 10, 10)),
        };
        var result = Evaluate(
            folds,
            Picture("a", Rectangle(0, 0, 10, 10, 0.9), Rectangle(50, 0, 10, 4, 0.8)), // overlaps of 1 and 0.4
            Picture("b", Rectangle(200, 0, 10, 10, 0.85), Rectangle(0, 0, 10, 8, 0.7)));

        result.Points.Select(point => (point.Score, point.FalsePositives))
            .ShouldBe([(0.9, 0), (0.85, 1), (0.8, 2), (0.7, 2)]);
        result.Points.Select(point => point.Discrete).ShouldBe([1 / 3d, 1 / 3d, 1 / 3d, 2 / 3d], 1e-9);
        result.Points.Select(point => point.Continuous).ShouldBe([1 / 3d, 1 / 3d, 1.4 / 3, 2.2 / 3], 1e-6);
        (result.Pictures, result.Faces, result.Detections).ShouldBe((2, 3, 4));
        result.At(0)!.Value.Score.ShouldBe(0.9);
        result.At(1)!.Value.Score.ShouldBe(0.85);
        result.At(500)!.Value.Discrete.ShouldBe(2 / 3d, 1e-9);
    }

    [Fact]
    public void Perfect_detections_find_everything_without_a_false_alarm()
    {
        var folds = new[] { Picture("a", Ellipse(30, 20, 0.4, 50, 60)), Picture("b", Ellipse(10, 8, -1, 20, 20)) };
        var result = Evaluate(folds, [.. folds]);
        result.At(0)!.Value.Discrete.ShouldBe(1);
        result.At(0)!.Value.Continuous.ShouldBe(1, 1e-9);
    }

    [Fact]
    public void Pictures_without_an_entry_count_as_missed_and_strangers_are_named()
    {
        var folds = new[] { Picture("a", Rectangle(0, 0, 10, 10)), Picture("b", Rectangle(0, 0, 10, 10)) };
        var result = Evaluate(
            folds, Picture("a", Rectangle(0, 0, 10, 10, 3)), Picture("z", Rectangle(0, 0, 10, 10, 5)));
        result.Missing.ShouldBe(["b"]);
        result.Unknown.ShouldBe(["z"]);
        result.Points.ShouldHaveSingleItem().Discrete.ShouldBe(0.5);
    }

    [Fact]
    public void Without_a_single_detection_there_is_no_point_to_read()
    {
        var result = Evaluate([Picture("a", Rectangle(0, 0, 10, 10))], Picture("a"));
        result.Points.ShouldBeEmpty();
        result.At(500).ShouldBeNull();
    }

    [Fact]
    public void Nothing_to_score_is_an_error()
    {
        Should.Throw<FaceLoupeException>(() => Evaluate([Picture("a")], Picture("a"))).Message.ShouldContain("no face");
        Should.Throw<FaceLoupeException>(() => Evaluate([Picture("a", Rectangle(0, 0, 1, 1))], Picture("b")))
            .Message.ShouldContain("expected names such as a");
    }

    [Fact]
    public void Rectangles_and_ellipses_are_reported_apart_by_the_row()
    {
        var pictures = FddbText.Parse(["2002/a.jpg", "2", "0 0 10 20 -1.5", " 10 5 0 30 30  2 ", "", "b", "0"], "f");
        pictures.Select(picture => picture.Name).ShouldBe(["2002/a", "b"]);
        pictures[0].Regions.Select(region => region.Score).ShouldBe([-1.5, 2]);
        pictures[0].Regions.Select(region => region.Region.Area).ShouldBe([200, Math.PI * 50], 1e-9);
    }

    [Theory]
    [InlineData("f, line 2: expected the number of regions of a, the file ends.", "a")]
    [InlineData("f, line 2: expected the number of regions of a, found 'x'.", "a", "x")]
    [InlineData(
        "f, line 3: expected five finite numbers 'x y width height score' or six 'ra rb angle cx cy score', "
            + "found '1 2 3 4'.", "a", "1", "1 2 3 4")]
    [InlineData(
        "f, line 3: expected five finite numbers 'x y width height score' or six 'ra rb angle cx cy score', "
            + "found '1 2 3 4 NaN'.", "a", "1", "1 2 3 4 NaN")]
    [InlineData(
        "f, line 4: expected five finite numbers 'x y width height score' or six 'ra rb angle cx cy score', the file "
            + "ends.", "a", "2", "1 2 3 4 5")]
    public void Malformed_text_names_file_and_line(string message, params string[] lines) =>
        Should.Throw<FaceLoupeException>(() => FddbText.Parse(lines, "f")).Message.ShouldBe(message);

    [Fact]
    public void The_real_folds_hold_their_known_numbers_and_find_themselves()
    {
        var folds = FddbFiles.ReadFolds(SharedFolder.PathOrSkip("eval/fddb"));
        (folds.Count, folds.Sum(picture => picture.Regions.Count)).ShouldBe((2845, 5171));
        var result = FddbEvaluator.Evaluate(folds, folds.ToDictionary(picture => picture.Name));
        (result.At(0)!.Value.Discrete, result.Missing.Count).ShouldBe((1, 0));
    }

    private static FddbResult Evaluate(FddbPicture[] folds, params FddbPicture[] detections) =>
        FddbEvaluator.Evaluate(folds, detections.ToDictionary(picture => picture.Name));

    private static FddbPicture Picture(string name, params ScoredRegion[] regions) => new(name, regions);

    private static ScoredRegion Rectangle(float x, float y, float width, float height, double score = 1) =>
        new(FddbRegion.Rectangle(new Box(x, y, width, height)), score);

    private static ScoredRegion Ellipse(double major, double minor, double angle, double x, double y) =>
        new(FddbRegion.Ellipse(major, minor, angle, x, y), 1);
}
