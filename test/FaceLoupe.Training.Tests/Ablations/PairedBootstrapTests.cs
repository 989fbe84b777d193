using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Predictions;
using FaceLoupe.Training.Ablations;

namespace FaceLoupe.Training.Tests.Ablations;

public sealed class PairedBootstrapTests
{
    private static readonly BoxEvaluationOptions Options = new();
    private static readonly Box Face = new(10, 10, 12, 12);
    private static readonly Box Elsewhere = new(60, 60, 12, 12);

    [Fact]
    public void taken_once_each_the_pictures_give_the_average_precision_of_the_evaluator()
    {
        EvaluatedPicture[] pictures =
        [
            Picture((Face, 0.9), (Elsewhere, 0.8)), Picture((Elsewhere, 0.7)), Picture((Face, 0.3), (Elsewhere, 0.3)),
            Picture((Face, 0.6)),
        ];
        var expected = new BoxEvaluator(Options).Evaluate(pictures).Bands;

        foreach (var (judged, band) in EvaluatedBand.Of("val", pictures, Options).Zip(expected))
        {
            judged.Band.ShouldBe(band.Band.Name);
            var found = judged.AveragePrecision([1, 1, 1, 1]);
            found.HasValue.ShouldBe(band.AveragePrecision.HasValue);
            (found ?? 0).ShouldBe(band.AveragePrecision ?? 0, 1e-12);
        }
    }

    [Fact]
    public void a_picture_taken_twice_counts_twice()
    {
        var judged = All(Picture((Face, 0.9)), Picture((Elsewhere, 0.95)));

        judged.AveragePrecision([2, 0]).ShouldBe(1);
        judged.AveragePrecision([0, 2]).ShouldBe(0);
        judged.AveragePrecision([1, 1])!.Value.ShouldBe(0.25, 1e-12); // half of the faces at a precision of a half
        judged.AveragePrecision([0, 0]).ShouldBeNull();
    }

    [Fact]
    public void what_was_judged_is_the_same_when_read_again()
    {
        var judged = All(Picture((Face, 0.9)), Picture((Elsewhere, 0.95)));
        using var stream = new MemoryStream();
        EvaluatedBand.Write(stream, [judged, judged]);
        stream.Position = 0;

        var read = EvaluatedBand.Read(stream);

        read.Count.ShouldBe(2);
        (read[1].Set, read[1].Band, read[1].Pictures).ShouldBe(("val", "all", 2));
        read[1].AveragePrecision([1, 1]).ShouldBe(judged.AveragePrecision([1, 1]));
    }

    [Fact]
    public void a_difference_that_every_picture_shows_is_sure_and_one_of_a_single_picture_is_not()
    {
        var (without, with) = (Many(20, _ => false), Many(20, _ => true));
        var significant = PairedBootstrap.Of([(without, with), (without, with)]).ShouldNotBeNull();
        significant.Low.ShouldBeGreaterThan(0);

        var single = PairedBootstrap.Of([(without, Many(20, i => i == 7))]).ShouldNotBeNull();
        single.Low.ShouldBe(0, "a third of all draws leave the image out");
        single.High.ShouldBeGreaterThan(0);

        PairedBootstrap.Of([(with, with)]).ShouldBe(new DifferenceInterval(0, 0));
    }

    private static EvaluatedBand Many(int count, Func<int, bool> isFound) =>
        All([.. Enumerable.Range(0, count).Select(i => Picture((isFound(i) ? Face : Elsewhere, 0.5)))]);

    private static EvaluatedBand All(params EvaluatedPicture[] pictures) => EvaluatedBand.Of("val", pictures, Options)
        .First();

    private static EvaluatedPicture Picture(params (Box Box, double Score)[] found) =>
        new("a", [new FaceAnnotation(Face)], [.. found.Select(box => new ScoredBox(box.Box, box.Score))]);
}
