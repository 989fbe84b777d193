using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Proposals;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Tests;

public sealed class FirstStageProgressTests : IDisposable
{
    private static readonly Picture Crowd = Scene(
        200,
        150,
        (Square(8, 5, 6), White),
        (Square(16, 8, 3), White),
        (Square(32, 8, 3), White),
        (Square(16, 5, 12), Cyan));

    private readonly ModelBundle _bundle = Open();
    private readonly List<object> _reported = [];

    public void Dispose() => _bundle.Dispose();

    [Fact]
    public void each_tile_is_reported_before_the_proposals_and_the_part_that_is_done_rises_to_all()
    {
        var detector = new FaceLoupeDetector(_bundle);

        detector.Detect(Crowd, new Recorder<FirstStageProgress>(_reported), new Recorder<DetectionProgress>(_reported));

        var early = _reported.TakeWhile(report => report is FirstStageProgress).Cast<FirstStageProgress>().ToList();
        early.Count.ShouldBeGreaterThanOrEqualTo(detector.Detection.Scales.Count);
        _reported.Skip(early.Count).ShouldAllBe(report => report is DetectionProgress);
        early.Select(report => report.Part).ShouldBe(early.Select(report => report.Part).Order());
        early[0].Part.ShouldBeGreaterThan(0);
        early[^1].Part.ShouldBe(1);
    }

    [Fact]
    public void what_is_confident_is_reported_once_and_lies_where_the_proposals_say_in_the_end()
    {
        var detector = new FaceLoupeDetector(_bundle);

        var found = detector.Detect(
            Crowd, new Recorder<FirstStageProgress>(_reported), new Recorder<DetectionProgress>(_reported));

        var confident = _reported.OfType<FirstStageProgress>().SelectMany(report => report.Confident).ToList();
        confident.Count.ShouldBeGreaterThanOrEqualTo(3);
        confident.ShouldAllBe(proposal => proposal.Score >= detector.Detection.Threshold);
        foreach (var proposal in confident)
        {
            found.Proposals.Max(final => Overlap.IoU(final.Box, proposal.Box)).ShouldBeGreaterThan(0.5f);
            confident.Count(other => Overlap.IoU(other.Box, proposal.Box) >= detector.Detection.FinalNms).ShouldBe(1);
        }
    }

    [Theory]
    [InlineData(0.999f)]
    [InlineData(0.5f)]
    public void confident_is_what_is_above_the_band(float high)
    {
        var detection = _bundle.Manifest.Detection with { Stage2Band = new Stage2BandSection { High = high } };
        var detector = new FaceLoupeDetector(_bundle, new DetectorOptions { Detection = detection });

        detector.Detect(Crowd, new Recorder<FirstStageProgress>(_reported), new Recorder<DetectionProgress>(_reported));

        _reported.OfType<FirstStageProgress>().SelectMany(report => report.Confident)
            .ShouldAllBe(proposal => proposal.Score >= high - 1e-6f);
    }

    [Fact]
    public void telling_changes_nothing()
    {
        var detector = new FaceLoupeDetector(_bundle);

        detector.Detect(Crowd, new Recorder<FirstStageProgress>(_reported),
            new Recorder<DetectionProgress>(_reported)).Faces
            .ShouldBe(detector.Detect(Crowd).Faces);
    }

    [Fact]
    public void a_wish_to_stop_is_heard_between_two_tiles()
    {
        var detector = new FaceLoupeDetector(_bundle);
        using var stop = new CancellationTokenSource();
        var reports = 0;

        Should.Throw<OperationCanceledException>(() => detector.Detect(
            Crowd,
            new Doer<FirstStageProgress>(() =>
            {
                reports++;
                stop.Cancel();
            }),
            new Recorder<DetectionProgress>(_reported),
            stop.Token));

        reports.ShouldBe(1);
        _reported.ShouldBeEmpty();
    }

    [Fact]
    public void proposals_from_elsewhere_come_without_tiles()
    {
        var all = new FaceLoupeDetector(_bundle).Detect(Crowd).Proposals;
        var detector = new FaceLoupeDetector(_bundle, null, new Fixed(all));

        detector.Detect(Crowd, new Recorder<FirstStageProgress>(_reported), new Recorder<DetectionProgress>(_reported));

        _reported.ShouldNotBeEmpty();
        _reported.ShouldAllBe(report => report is DetectionProgress);
    }

    private sealed class Fixed(IReadOnlyList<Proposal> proposals) : IProposalSource
    {
        public IReadOnlyList<Proposal> Propose(
            Picture picture, string name, CancellationToken cancellationToken = default) => proposals;
    }

    private sealed class Recorder<T>(List<object> reported) : IProgress<T>
    {
        public void Report(T value) => reported.Add(value!);
    }

    private sealed class Doer<T>(Action action) : IProgress<T>
    {
        public void Report(T value) => action();
    }
}
