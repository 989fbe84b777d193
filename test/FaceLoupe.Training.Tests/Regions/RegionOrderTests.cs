using FaceLoupe.Training.Regions;

namespace FaceLoupe.Training.Tests.Regions;

public class RegionOrderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1003)]
    public void an_epoch_has_every_region_once(int count) =>
        RegionOrder.Epoch(count, 1, 0, shard: 10).Order().ShouldBe(Enumerable.Range(0, count));

    [Fact]
    public void every_seed_and_epoch_has_its_own_order()
    {
        RegionOrder.Epoch(100, 1, 0, 10).ShouldBe(RegionOrder.Epoch(100, 1, 0, 10));
        RegionOrder.Epoch(100, 1, 0, 10).ShouldNotBe(RegionOrder.Epoch(100, 1, 1, 10));
        RegionOrder.Epoch(100, 1, 0, 10).ShouldNotBe(RegionOrder.Epoch(100, 2, 0, 10));
    }

    [Fact]
    public void a_window_reads_few_shards_and_mixes_them()
    {
        var window = 10 * RegionOrder.WindowShards;
        foreach (var part in RegionOrder.Epoch(1000, 1, 0, 10).Chunk(window))
        {
            part.Select(region => region / 10).Distinct().Count().ShouldBe(part.Length / 10);
        }

        RegionOrder.Epoch(1000, 1, 0, 10)[..10].Select(region => region / 10).Distinct().Count().ShouldBeGreaterThan(3);
    }

    [Fact]
    public void a_position_of_the_training_is_a_position_of_its_epoch()
    {
        RegionOrder.At(50, 7, 3).ShouldBe(RegionOrder.Epoch(50, 7, 0)[3]);
        RegionOrder.At(50, 7, 153).ShouldBe(RegionOrder.Epoch(50, 7, 3)[3]);
        RegionOrder.At(50, 7, 3).ShouldBe(RegionOrder.Epoch(50, 7, 0)[3]);
    }
}
