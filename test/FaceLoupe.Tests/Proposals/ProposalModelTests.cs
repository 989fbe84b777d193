using System.Runtime.InteropServices;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Proposals;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Tests.Proposals;

public sealed class ProposalModelTests : IDisposable
{
    private readonly ModelBundle _bundle = Open();

    public void Dispose() => _bundle.Dispose();

    [Theory]
    [InlineData(8, 4, 5)]
    [InlineData(16, 2, 3)]
    [InlineData(32, 1, 2)]
    public void a_face_of_each_size_is_found_where_it_is(int side, int column, int row)
    {
        var square = Square(side, column, row);

        var proposals = Propose(Scene(100, 90, (square, White)));

        proposals[0].Box.ShouldBeNear(square);
        proposals[0].Score.ShouldBeGreaterThan(0.9f);
        proposals.ShouldAllBe(p => Overlap.IoU(p.Box, square) > 0.4f);
    }

    [Theory]
    [InlineData(true, 2, 2, 1024, 2)]
    [InlineData(true, 2, 1, 1024, 1)]
    [InlineData(true, 2, 2, 2048, 1)]
    [InlineData(false, 2, 2, 1024, 1)]
    [InlineData(true, 1, 4, 64, 1)]
    public void tiles_are_searched_at_once_where_that_is_faster_and_there_is_memory(
        bool vnni, int cores, int count, int side, int expected)
    {
        var span = new TileSpan(0, side, false, false, 0);
        Tile[] tiles = [.. Enumerable.Repeat(new Tile(1, span, span), count)];

        ProposalModel.AtOnce(tiles, cores, new ProcessorFeatures(Architecture.X64, Avx2: true, vnni))
            .ShouldBe(expected);
    }

    [Fact]
    public void every_scale_keeps_its_band_only()
    {
        var scene = Scene(100, 90, (Square(16, 2, 3), White));
        var detection = _bundle.Manifest.Detection;

        Propose(scene, detection with { Scales = [new ScaleStep(1, 17)] }).ShouldBeEmpty();
        Propose(scene, detection with { Scales = [new ScaleStep(1, 0, 16)] }).ShouldBeEmpty();
        Propose(scene, detection with { Scales = [new ScaleStep(1, 16, 16.1f)] }).ShouldNotBeEmpty();
    }

    [Fact]
    public void scales_that_see_the_same_face_report_it_once()
    {
        var scene = Scene(96, 96, (Square(16, 4, 4), White));
        var twice = _bundle.Manifest.Detection with { Scales = [new ScaleStep(1), new ScaleStep(1)] };

        Propose(scene, twice).ShouldBe(Propose(scene, twice with { Scales = [new ScaleStep(1)] }));
    }

    [Fact]
    public void a_mirrored_look_finds_faces_where_they_are_and_both_looks_are_averaged()
    {
        var square = Square(16, 4, 3);
        var scene = Scene(100, 90, (square, White));
        var once = _bundle.Manifest.Detection with { Scales = [new ScaleStep(1)], Averaging = new AveragingSection() };
        var twice = once with { Scales = [new ScaleStep(1, Mirror: new FocusSection())] };

        var plain = Propose(scene, once)[0];
        var averaged = Propose(scene, twice)[0];

        // The grid of anchors has its mirror image on the other side, so the looks agree about a square within a cell.
        averaged.Box.ShouldBeNear(square);
        averaged.Logit.ShouldBe(plain.Logit, 0.5);
    }

    [Fact]
    public void the_mirrored_look_is_taken_only_where_the_first_one_has_a_focus_candidate()
    {
        var scene = Scene(100, 90, (Square(16, 4, 3), White));
        ScaleStep Step(float threshold) => new(1, Mirror: new FocusSection { Threshold = threshold });
        var averaged =
            _bundle.Manifest.Detection with { Averaging = new AveragingSection(), Scales = [new ScaleStep(1)] };

        // Nothing reaches a probability of 1, so there is no second look, and what is not shown does not count.
        Propose(scene, averaged with { Scales = [Step(1)] }).ShouldBe(Propose(scene, averaged));
    }

    [Fact]
    public void suppressed_proposals_have_a_say_in_the_place_where_they_may_vote()
    {
        // Wider than an anchor, so that neighbours see as much of it on one side only.
        var scene = Scene(100, 90, (Square(16, 2, 3), White), (new Box(28, 20, 3, 16), White));
        var alone = _bundle.Manifest.Detection with { ProposalNms = 0.1f, ProposalThreshold = 0.01f };

        var plain = Propose(scene, alone);
        var voted = Propose(scene, alone with { ProposalVote = 0.1f });

        voted.Select(p => p.Logit).ShouldBe(plain.Select(p => p.Logit));
        voted[0].Box.ShouldNotBe(plain[0].Box);
        Overlap.IoU(voted[0].Box, plain[0].Box).ShouldBeGreaterThan(0.5f);
    }

    [Fact]
    public void tiles_find_what_the_whole_picture_finds()
    {
        var random = new Random(7);
        var squares = Enumerable.Range(0, 18)
            .Select(i => (Square(
                i % 3 == 0 ? 16 : 8, (6 * (i % 6)) + random.Next(1, 3), (11 * (i / 6)) + random.Next(1, 3)), White))
            .ToArray();
        var more = new[] { Square(16, 15, 9), Square(8, 31, 60), Square(16, 48, 25) }.Select(square => (square, White));
        var scene = Scene(500, 300, [.. squares, .. more]);
        var tiled = _bundle.Manifest.Detection with { Scales = [new ScaleStep(1)] };

        var whole = Propose(scene, tiled with { TileSize = 4096 });
        var inTiles = Propose(scene, tiled with { TileSize = 96, TileOverlap = 32 });

        whole.Count(p => p.Score > 0.9f).ShouldBe(21);
        Confident(inTiles).ShouldBe(Confident(whole));
    }

    [Fact]
    public void proposals_come_best_first_and_no_more_than_asked_for()
    {
        var scene = Scene(200, 100, [.. Enumerable.Range(0, 6).Select(i => (Square(8, 3 + (6 * i), 6), White))]);

        var all = Propose(scene);
        var three = Propose(scene, _bundle.Manifest.Detection with { MaxProposals = 3 });

        all.Select(p => p.Logit).ShouldBe(all.Select(p => p.Logit).OrderDescending());
        three.ShouldBe(all.Take(3));
    }

    [Fact]
    public void boxes_end_at_the_edge_of_the_picture()
    {
        var scene = Scene(64, 64, (new Box(0, 20, 12, 16), White));

        var proposals = Propose(scene, _bundle.Manifest.Detection with { ProposalThreshold = 0 });

        proposals.ShouldNotBeEmpty();
        proposals.ShouldAllBe(
            p => p.Box.X >= 0 && p.Box.Y >= 0 && p.Box.Right <= 64 && p.Box.Bottom <= 64 && p.Box.IsValid);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 300)]
    [InlineData(129, 3)]
    public void odd_and_tiny_pictures_are_looked_at(int width, int height) =>
        Propose(Scene(width, height)).ShouldBeEmpty();

    [Fact]
    public void a_cancelled_call_stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Should.Throw<OperationCanceledException>(
            () => new ProposalModel(_bundle).Propose(Scene(10, 10), "", cancelled.Token));
    }

    [Fact]
    public void coarse_to_fine_search_finds_what_a_full_search_finds_where_there_is_a_focus_candidate()
    {
        // 16 px are 8 at half the size, which the model sees; 8 px are 4, which it does not.
        var scene = Scene(
            400, 300, (Square(16, 4, 4), White), (Square(16, 40, 30), White), (Square(8, 50, 8), White));
        var focused = _bundle.Manifest.Detection with
        {
            Scales = [new ScaleStep(1, 0, 24, new FocusSection { Margin = 8 }), new ScaleStep(0.5f, 24)],
        };

        var fullSearch = Propose(scene, focused.WithoutFocus());
        var closer = Propose(scene, focused);

        Confident(fullSearch).Length.ShouldBe(3);
        Confident(closer).ShouldBe(Confident([.. fullSearch.Where(proposal => proposal.Box.Width > 12)]));
    }

    [Fact]
    public void what_the_smaller_size_is_sure_of_is_taken_from_it()
    {
        var square = Square(16, 4, 4);
        var scene = Scene(400, 300, (square, White));
        var focus = new FocusSection { ConfidentScore = 0.9f, Margin = 8 };
        var detection = _bundle.Manifest.Detection with { Scales = [new(1, 0, 24, focus), new(0.5f, 24)] };
        var atHalfSize = _bundle.Manifest.Detection with { Scales = [new(0.5f)] };

        var taken = Propose(scene, detection).ShouldHaveSingleItem();

        taken.Box.ShouldBeNear(square, 1);
        taken.Logit.ShouldBe(Propose(scene, atHalfSize)[0].Logit);
    }

    private static string[] Confident(IReadOnlyList<Proposal> proposals) =>
    [
        .. proposals.Where(p => p.Score > 0.9f)
            .Select(
                p => FormattableString.Invariant($"{p.Box.X:0.00} {p.Box.Y:0.00} {p.Box.Width:0.00} {p.Logit:0.00}"))
            .Order(StringComparer.Ordinal),
    ];

    private IReadOnlyList<Proposal> Propose(Picture picture, DetectionSection? detection = null) =>
        new ProposalModel(_bundle, detection).Propose(picture);
}
