using FaceLoupe.Imaging;
using FaceLoupe.Models;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Tests;

public sealed class DetectionProgressTests : IDisposable
{
    private static readonly Picture Crowd = Scene(
        200,
        150,
        (Square(8, 5, 6), White),
        (Square(16, 8, 3), White),
        (Square(32, 8, 3), White),
        (Square(16, 5, 12), Cyan));

    private readonly ModelBundle _bundle = Open();
    private readonly List<DetectionProgress> _reports = [];

    public void Dispose() => _bundle.Dispose();

    [Fact]
    public void proposals_are_reported_first_and_then_every_batch()
    {
        var detector = new FaceLoupeDetector(_bundle, new DetectorOptions { BatchSize = 1, MinScore = 0 });

        var found = detector.Detect(Crowd, new Recorder(_reports));

        _reports[0].Done.ShouldBe(0);
        _reports[0].Scored.ShouldBeEmpty();
        _reports.ShouldAllBe(report => report.Proposals.SequenceEqual(found.Proposals));
        _reports.Select(report => report.Done).ShouldBe(Enumerable.Range(0, found.Proposals.Count + 1));
        var scored = _reports.SelectMany(report => report.Scored).ToList();
        scored.Select(face => face.Proposal).ShouldBe(found.Proposals, ignoreOrder: true);
        found.Faces.ShouldBeSubsetOf(scored);
    }

    [Fact]
    public void confident_faces_are_reported_before_the_second_stage_begins()
    {
        // Above even odds the first stage is confident: of the scene's squares nothing is left to look at.
        var detection = _bundle.Manifest.Detection with { Stage2Band = new Stage2BandSection { High = 0.5f } };
        var detector = new FaceLoupeDetector(_bundle, new DetectorOptions { Detection = detection, MinScore = 0 });

        var found = detector.Detect(Crowd, new Recorder(_reports));

        _reports[1].Scored.Count.ShouldBeGreaterThanOrEqualTo(4);
        _reports[1].Scored.ShouldAllBe(face => face.Stage2Logit == null && face.Proposal.Score > 0.5f);
        _reports[^1].Done.ShouldBe(found.Proposals.Count);
        _reports.SelectMany(report => report.Scored).Select(face => face.Proposal)
            .ShouldBe(found.Proposals, ignoreOrder: true);
    }

    [Fact]
    public void the_first_stage_alone_tells_its_proposals()
    {
        var detector = new FaceLoupeDetector(_bundle, new DetectorOptions { Stages = DetectionStages.ProposalsOnly });

        var found = detector.Detect(Crowd, new Recorder(_reports));

        _reports.ShouldHaveSingleItem().Proposals.ShouldBe(found.Proposals);
    }

    [Fact]
    public void telling_changes_nothing()
    {
        var detector = new FaceLoupeDetector(_bundle);

        detector.Detect(Crowd, new Recorder(_reports)).Faces.ShouldBe(detector.Detect(Crowd).Faces);
    }

    // Progress<T> would report on other threads, in any order.
    private sealed class Recorder(List<DetectionProgress> reports) : IProgress<DetectionProgress>
    {
        public void Report(DetectionProgress value) => reports.Add(value);
    }
}
