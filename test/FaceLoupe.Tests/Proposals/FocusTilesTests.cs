using FaceLoupe.Geometry;
using FaceLoupe.Proposals;

namespace FaceLoupe.Tests.Proposals;

public class FocusTilesTests
{
    private const int Multiple = 16;
    private const int Margin = 16;
    private const int TileSize = 1280;

    [Fact]
    public void without_focus_candidates_nothing_is_searched() => Cover(2048, 1536, []).ShouldBeEmpty();

    [Fact]
    public void one_place_gets_one_tile_with_its_margin()
    {
        var tile = Cover(2048, 1536, [new Box(100, 50, 10, 12)]).ShouldHaveSingleItem();

        // Enlarged twice the place is at 200 to 220 and 100 to 124: cells of 32 px, and a margin of 16.
        tile.Columns.ShouldBe(new TileSpan(176, 64, true, true, 2 * Margin));
        tile.Rows.ShouldBe(new TileSpan(80, 64, true, true, 2 * Margin));
        tile.Factor.ShouldBe(2);
    }

    [Fact]
    public void tiles_end_at_the_edges_of_the_picture()
    {
        var tile = Cover(256, 160, [new Box(0, 0, 128, 80)]).ShouldHaveSingleItem();

        tile.Columns.ShouldBe(new TileSpan(0, 256, false, false, 2 * Margin));
        tile.Rows.ShouldBe(new TileSpan(0, 160, false, false, 2 * Margin));
    }

    [Fact]
    public void far_places_get_tiles_of_their_own_and_near_ones_share()
    {
        var tiles = Cover(2048, 1536, [new(10, 10, 8, 8), new(30, 12, 8, 8), new(900, 700, 8, 8)]);

        tiles.Count.ShouldBe(2);
        tiles.Sum(tile => (long)tile.Columns.Length * tile.Rows.Length).ShouldBeLessThan(2048 * 1536 / 100);
    }

    [Fact]
    public void a_crowd_that_fills_a_tile_is_looked_at_in_one() =>
        Cover(640, 480, Places(400, 320, 240, seed: 1)).ShouldHaveSingleItem();

    [Fact]
    public void no_tile_is_larger_than_tiles_may_be()
    {
        var places = Places(3000, 2000, 1500, seed: 2);

        Cover(4000, 3008, places).ShouldAllBe(tile => tile.Columns.Length <= TileSize && tile.Rows.Length <= TileSize);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 60)]
    [InlineData(3, 600)]
    public void every_place_is_whole_in_a_tile_that_keeps_it(int seed, int count)
    {
        var places = Places(count, 1024, 768, seed);

        var tiles = Cover(2048, 1536, places);

        foreach (var place in places)
        {
            tiles.ShouldContain(tile => tile.Shows(place), $"{place}");
        }
    }

    [Theory]
    [InlineData(4, 40)]
    [InlineData(5, 300)]
    public void tiles_lie_on_the_network_s_grid_and_within_the_picture(int seed, int count)
    {
        foreach (var tile in Cover(2048, 1536, Places(count, 1024, 768, seed)))
        {
            new[] { tile.Columns.Start, tile.Columns.Length, tile.Rows.Start, tile.Rows.Length }
                .ShouldAllBe(value => value % Multiple == 0);
            (tile.Columns.Start + tile.Columns.Length).ShouldBeLessThanOrEqualTo(2048);
            (tile.Rows.Start + tile.Rows.Length).ShouldBeLessThanOrEqualTo(1536);
        }
    }

    [Fact]
    public void few_places_cost_little_of_the_picture()
    {
        var share = Cover(2048, 1536, Places(20, 1024, 768, seed: 6))
            .Sum(tile => (double)tile.Columns.Length * tile.Rows.Length) / (2048 * 1536);

        share.ShouldBeLessThan(0.1);
    }

    private static Box[] Places(int count, int width, int height, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(_ =>
            {
                var side = random.Next(4, 32);
                return new Box(random.Next(width - side), random.Next(height - side), side, side);
            }),
        ];
    }

    private static IReadOnlyList<Tile> Cover(int width, int height, Box[] places) =>
        new FocusTiles(2, width, height, Multiple, Margin, TileSize).Cover(places);
}
