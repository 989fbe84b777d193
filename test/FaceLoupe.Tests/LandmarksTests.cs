using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Tests;

public class LandmarksTests
{
    private static readonly Box First = Square(16, 4, 4);
    private static readonly Box Second = Square(32, 3, 2);

    [Fact]
    public void every_face_has_its_landmarks_where_they_are_asked_for()
    {
        using var detector = FaceLoupeDetector.Load(
            LandmarksFolder, new DetectorOptions { Landmarks = true, Threads = 1, BatchSize = 1 });

        var faces = detector.Detect(Picture(), cancellationToken: TestContext.Current.CancellationToken).Faces;

        faces.Count.ShouldBe(2);
        faces.ShouldAllBe(face => IsNear(face.Landmarks!, LandmarkShares.Within(face.Proposal.Box)));
    }

    [Fact]
    public void unasked_there_are_none_and_everything_else_is_the_same()
    {
        using var with = FaceLoupeDetector.Load(LandmarksFolder, new DetectorOptions { Landmarks = true, Threads = 1 });
        using var without = FaceLoupeDetector.Load(LandmarksFolder, new DetectorOptions { Threads = 1 });

        var found = without.Detect(Picture(), cancellationToken: TestContext.Current.CancellationToken).Faces;

        found.ShouldAllBe(face => face.Landmarks == null);
        found.ShouldBe(with.Detect(Picture(), cancellationToken: TestContext.Current.CancellationToken)
            .Faces.Select(face => face with { Landmarks = null }));
    }

    [Fact]
    public void faces_that_the_second_stage_was_not_asked_about_get_theirs_too()
    {
        using var bundle = ModelBundle.Open(LandmarksFolder, threads: 1);
        var confident = bundle.Manifest.Detection with { Stage2Band = new Stage2BandSection { Low = 1, High = 1 } };
        using var detector = new FaceLoupeDetector(
            bundle, new DetectorOptions { Landmarks = true, Detection = confident, MinScore = 0.5f });

        var faces = detector.Detect(Picture(), cancellationToken: TestContext.Current.CancellationToken).Faces;

        faces.Count.ShouldBe(2);
        faces.ShouldAllBe(face => face.Stage2Logit == null
            && IsNear(face.Landmarks!, LandmarkShares.Within(face.Proposal.Box)));
    }

    [Fact]
    public void a_model_that_gives_none_is_refused_by_its_name()
    {
        var fault = Should.Throw<FaceLoupeException>(
            () => FaceLoupeDetector.Load(Folder, new DetectorOptions { Landmarks = true }));

        fault.Message.ShouldStartWith("The model tiny 1.0.0 gives no landmarks; give one");
        Should.Throw<FaceLoupeException>(() => FaceLoupeDetector.Load(
                LandmarksFolder, new DetectorOptions { Landmarks = true, Stages = DetectionStages.ProposalsOnly }))
            .Message.ShouldContain("Landmarks come from the second stage, but Stages is 1");
    }

    [Fact]
    public void their_shape_lowers_the_score_where_it_has_a_weight()
    {
        using var bundle = ModelBundle.Open(LandmarksFolder, threads: 1);
        var plain = bundle.Manifest.Detection with { Fusion = new FusionSection { Bias = 4 } };
        var weighted = plain with { Fusion = plain.Fusion with { LandmarkWeight = 10 } };
        using var before = new FaceLoupeDetector(bundle, new DetectorOptions { Detection = plain });
        using var after = new FaceLoupeDetector(bundle, new DetectorOptions { Detection = weighted });

        var expected = before.Detect(Picture(), cancellationToken: TestContext.Current.CancellationToken).Faces;
        var actual = after.Detect(Picture(), cancellationToken: TestContext.Current.CancellationToken).Faces;

        actual.Count.ShouldBe(2);
        foreach (var (face, other) in expected.OrderBy(face => face.Box.X).Zip(actual.OrderBy(face => face.Box.X)))
        {
            var distance = LandmarkShares.Within(face.Proposal.Box).ShapeDistance;
            distance.ShouldBeGreaterThan(0);
            (face.Logit - other.Logit).ShouldBe(10 * distance, 1e-3f);
        }
    }

    [Fact]
    public void a_manifest_that_promises_too_much_is_refused()
    {
        using var bundle = Open();
        var manifest = bundle.Manifest;
        ModelManifestRules.Faults(manifest with
        {
            Detection = manifest.Detection with { Fusion = new FusionSection { LandmarkWeight = 1 } },
        }).ShouldHaveSingleItem().ShouldContain("landmarkWeight is above 0, but the discriminator has no landmarks");
        ModelManifestRules.Faults(manifest with
        {
            Discriminator = manifest.Discriminator with { Landmarks = " " },
        }).ShouldHaveSingleItem().ShouldContain("discriminator.landmarks is empty");
        var folder = Copy();
        try
        {
            ModelManifestFile.Write(
                manifest with { Discriminator = manifest.Discriminator with { Landmarks = "points" } },
                Path.Combine(folder.FullName, ModelManifestFile.FileName));
            Should.Throw<FaceLoupeException>(() => ModelBundle.Open(folder.FullName))
                .Message.ShouldContain("there is no output 'points'");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Picture Picture() => Scene(160, 120, (First, White), (Second.Translate(48, 16), White));

    private static bool IsNear(FaceLandmarks actual, FaceLandmarks expected) => actual.Points.Zip(expected.Points).All(
        pair => Math.Abs(pair.First.X - pair.Second.X) < 1e-3 && Math.Abs(pair.First.Y - pair.Second.Y) < 1e-3);
}
