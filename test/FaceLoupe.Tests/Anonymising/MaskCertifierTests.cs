using FaceLoupe.Anonymising;
using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Tests.Anonymising;

public class MaskCertifierTests
{
    private static readonly Box Face = new(10, 10, 20, 20);

    [Fact]
    public void pictures_without_a_miss_are_certified_up_to_where_they_show_a_face()
    {
        // All faces have a score of 0.3: the highest threshold below it.
        var certificate = Certify([.. Enumerable.Range(0, 59).Select(_ => Picture(0.3f))]);

        certificate.Threshold.ShouldBe(MaskCertifier.Grid.Last(threshold => threshold <= 0.3f));
        (certificate.Pictures, certificate.PicturesWithMiss).ShouldBe((59, 0));
        certificate.ModelSha256.ShouldBe(MaskCertificate.HashOf(MaskCertificates.Model));
        certificate.PicturesSha256.ShouldBe("pictures");
    }

    [Fact]
    public void the_grid_begins_with_everything_and_rises()
    {
        MaskCertifier.Grid[0].ShouldBe(0);
        MaskCertifier.Grid.Zip(MaskCertifier.Grid.Skip(1)).ShouldAllBe(pair => pair.First < pair.Second);
        MaskCertifier.Grid[^1].ShouldBeInRange(0.97f, 1);
    }

    [Fact]
    public void too_few_pictures_are_refused_with_how_many_are_needed() =>
        Should.Throw<FaceLoupeException>(() => Certify([.. Enumerable.Range(0, 58).Select(_ => Picture(0.9f))]))
            .Message.ShouldBe(
            "58 images with faces are too few: for at most 0.05 of the images with a confidence of 0.95 at least "
                + "59 are needed, none "
            + "of which shows a face, and more if some do.");

    [Fact]
    public void pictures_without_faces_do_not_count()
    {
        EvaluatedPicture[] pictures =
        [
            .. Enumerable.Range(0, 59).Select(_ => Picture(0.9f)),
            new("empty", [], [new ScoredBox(Face, 0.99)]),
            new("doubtful", [new FaceAnnotation(Face) { Invalid = true }], []),
        ];
        var certificate = Certify(pictures);
        (certificate.Pictures, certificate.PicturesWithoutFaces).ShouldBe((59, 2));
        Should.Throw<FaceLoupeException>(() => Certify(pictures[1..])).Message.ShouldContain("58 images with faces");
    }

    [Fact]
    public void a_picture_with_one_face_left_of_many_has_a_miss()
    {
        EvaluatedPicture[] pictures =
        [
            .. Enumerable.Range(0, 100).Select(i => new EvaluatedPicture(
                "a",
                [new FaceAnnotation(Face), new FaceAnnotation(Face.Translate(100, 0))],
                i < 10 ? [new ScoredBox(Face, 0.9)]
                    : [new ScoredBox(Face, 0.9), new ScoredBox(Face.Translate(100, 0), 0.9)])),
        ];
        Should.Throw<FaceLoupeException>(() => Certify(pictures)).Message.ShouldStartWith(
            "10 of 100 images show a face even where every region that is found is masked; for at most 0.05 with a "
                + "confidence of "
            + "0.95 no more than 1 may.");
    }

    [Theory]
    [InlineData(0, 0.95)]
    [InlineData(0.05, 1)]
    [InlineData(double.NaN, 0.95)]
    public void shares_that_make_no_sense_are_refused(double miss, double confidence) =>
        Should.Throw<FaceLoupeException>(() => new MaskCertifier(miss, confidence))
            .Message.ShouldContain("above 0 and below 1");

    [Fact]
    public void in_a_thousand_draws_certificates_keep_their_promise_as_often_as_they_say()
    {
        // A face's score is even between 0 and 1: at a threshold of t, t of the images show their face.
        var random = new Random(5);
        var kept = 0;
        var most = 0f;
        for (var draw = 0; draw < 1000; draw++)
        {
            var pictures = Enumerable.Range(0, 150).Select(_ => Picture(random.NextSingle())).ToArray();
            var threshold = Certify(pictures).Threshold;
            kept += threshold <= 0.05 ? 1 : 0;
            most = Math.Max(most, threshold);
        }

        kept.ShouldBeGreaterThanOrEqualTo(950);
        most.ShouldBeGreaterThan(0.02f, "and it is no promise of nothing");
    }

    private static MaskCertificate Certify(IReadOnlyList<EvaluatedPicture> pictures) =>
        new MaskCertifier().Certify(MaskCertificates.Model, pictures, "pictures");

    private static EvaluatedPicture Picture(float score) =>
        new("a", [new FaceAnnotation(Face)], [new ScoredBox(Face, score)]);
}
