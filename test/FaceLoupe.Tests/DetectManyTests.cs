using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Proposals;
using FaceLoupe.Tests.Datasets;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Tests;

public sealed class DetectManyTests : IDisposable
{
    private readonly ModelBundle _bundle = Open();
    private readonly FaceLoupeDetector _detector;
    private readonly TemporaryFolder _folder = new();

    public DetectManyTests()
    {
        _detector = new FaceLoupeDetector(_bundle);
        PictureFile.Write(Scene(90, 90), _folder.Path("none.png"));
        PictureFile.Write(Scene(90, 90, (Square(16, 4, 4), White)), _folder.Path("one.png"));
        PictureFile.Write(
            Scene(120, 90, (Square(16, 4, 4), White), (Square(16, 10, 4), White)), _folder.Path("two.png"));
        _folder.Write("bad.png", "not an image");
    }

    public void Dispose()
    {
        _detector.Dispose();
        _bundle.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    public async Task every_picture_has_its_result_in_the_order_given_and_faults_stop_nothing(int parallel)
    {
        string[] paths =
        [
            _folder.Path("two.png"), _folder.Path("bad.png"), _folder.Path("none.png"), _folder.Path("missing.png"),
            _folder.Path("one.png"),
        ];
        var results = await _detector.DetectManyAsync(paths, parallel).ToArrayAsync();

        results.Select(result => result.Path).ShouldBe(paths);
        results.Select(result => result.Detections?.Count).ShouldBe([2, null, 0, null, 1]);
        results.Select(result => result.Succeeded).ShouldBe([true, false, true, false, true]);
        results.ShouldAllBe(result => (result.Fault == null) == result.Succeeded);
        results[1].Fault!.Message.ShouldStartWith(paths[1]);
        results[3].Fault!.Message.ShouldContain("no such file");
    }

    [Fact]
    public async Task a_fault_of_any_kind_is_of_one_picture()
    {
        using var detector = new FaceLoupeDetector(_bundle, proposals: new FaultySource());

        var result = (await detector.DetectManyAsync([_folder.Path("one.png")]).ToArrayAsync()).Single();

        result.Succeeded.ShouldBeFalse();
        result.Fault.ShouldNotBeNull().Message.ShouldBe($"{_folder.Path("one.png")}: detection failed: first second");
        result.Fault.InnerException.ShouldBeOfType<InvalidOperationException>();
    }

    [Fact]
    public async Task cancelling_stops_the_sequence()
    {
        using var stop = new CancellationTokenSource();
        var seen = 0;
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in _detector.DetectManyAsync(Endless(), 2, stop.Token))
            {
                if (++seen == 2)
                {
                    await stop.CancelAsync();
                }
            }
        });

        seen.ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task the_token_of_the_reader_counts_as_well()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(
            async () => await _detector.DetectManyAsync(Endless()).FirstAsync(stop.Token));
    }

    [Fact]
    public async Task a_reader_who_stops_early_leaves_nothing_behind()
    {
        var source = new CountingSource();
        using var detector = new FaceLoupeDetector(_bundle, proposals: source);

        await detector.DetectManyAsync(Endless(), 4).Take(3).ToArrayAsync();
        var asked = source.Asked;
        await Task.Delay(20);

        source.Asked.ShouldBe(asked);
        asked.ShouldBeInRange(3, 8);
    }

    [Fact]
    public void nonsense_is_refused_at_once()
    {
        Should.Throw<ArgumentNullException>(() => _detector.DetectManyAsync(null!));
        Should.Throw<ArgumentOutOfRangeException>(() => _detector.DetectManyAsync([], 0));
        Should.Throw<ArgumentOutOfRangeException>(() => _detector.DetectManyAsync([], 65));
    }

    private IEnumerable<string> Endless()
    {
        while (true)
        {
            yield return _folder.Path("none.png");
        }
    }

    private sealed class FaultySource : IProposalSource
    {
        public IReadOnlyList<Proposal> Propose(Picture picture, string name, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("first\nsecond");
    }

    private sealed class CountingSource : IProposalSource
    {
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public IReadOnlyList<Proposal> Propose(Picture picture, string name, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            return [];
        }
    }
}
