using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Tests.Mining;
using FaceLoupe.Training.Tests.Runs;

namespace FaceLoupe.Training.Tests.Regions;

public sealed class RegionShardsTests : IDisposable
{
    private const int PerCanvas = 3;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void a_set_in_shards_reads_as_one()
    {
        using var regions = new RegionFile(Write("a", canvases: 7));

        Shards().ShouldBe(["00000", "00001", "00002", "00003"]); // 6, 6, 6 and 3 RoIs
        (regions.IsSharded, regions.Count, regions.Faces, regions.Low, regions.High).ShouldBe((true, 21, 11, 8, 32));
        regions.Native.ShouldBe([4, 9, 14, 19]);
        foreach (var i in (int[])[20, 0, 5, 6, 17, 18, 11, 12])
        {
            var (actual, expected) = (regions.Read(i), Sample(i));
            actual.High.Pixels.ShouldBe(expected.High.Pixels);
            (actual with { Low = expected.Low, High = expected.High }).ShouldBe(expected);
        }
    }

    [Fact]
    public void stopped_mining_resumes_after_the_last_complete_shard()
    {
        var whole = Bytes(Write("a", canvases: 7, path: folder.Of("unbroken.regions")));
        Directory.Delete(Directory.GetDirectories(folder.Path).Single(), recursive: true);

        using (var stopped = Writer("a"))
        {
            AddCanvases(stopped, 0, 5); // two shards, and a canvas of the third
        }

        Shards().ShouldBe(["00000", "00001"]);
        using (var next = Writer("a"))
        {
            (next.NextCanvas, next.Count, next.Faces).ShouldBe((4, 12, 6));
        }

        Bytes(Write("a", canvases: 7)).ShouldBe(whole);
    }

    [Fact]
    public void shards_of_another_origin_are_not_resumed_and_deleted_at_the_end()
    {
        Write("a", canvases: 7);
        using (var other = Writer("b"))
        {
            other.NextCanvas.ShouldBe(0);
        }

        using (var before = new RegionFile(folder.Of("some.regions")))
        {
            before.Read(20).IsFace.ShouldBeTrue(); // the set of before stays until the new one is whole
        }

        Write("b", canvases: 5);

        Directory.GetDirectories(folder.Path).ShouldHaveSingleItem();
        using var after = new RegionFile(folder.Of("some.regions"));
        after.Count.ShouldBe(15);
    }

    [Fact]
    public void without_an_origin_stopped_mining_leaves_nothing()
    {
        using (var stopped = Writer(null))
        {
            AddCanvases(stopped, 0, 5);
        }

        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void a_shard_that_is_missing_or_cut_off_is_named(bool missing)
    {
        var path = Write("a", canvases: 7);
        var shard = Path.Combine(Directory.GetDirectories(folder.Path).Single(), "00001");
        var bytes = File.ReadAllBytes(shard);
        File.Delete(shard);
        if (!missing)
        {
            File.WriteAllBytes(shard, bytes[..^1]);
        }

        Should.Throw<FaceLoupeException>(() => new RegionFile(path)).Message
            .ShouldBe($"{shard}: missing or cut off; run faceloupe-train mine again.");

        using var writer = Writer("a"); // mining again makes up for it from there
        writer.NextCanvas.ShouldBe(2);
    }

    [Fact]
    public void training_reads_every_region_once_per_epoch()
    {
        using var regions = new RegionFile(Write("a", canvases: 7));
        var met = new List<float>();
        for (var step = 0; step < 17; step++)
        {
            var batch = RegionBatch.Draw(regions, blurred: 1, native: 0, seed: 3, step);
            using var scope = TorchSharp.torch.NewDisposeScope();
            met.Add(batch.High().mean().item<float>());
        }

        met.Distinct().Count().ShouldBe(17); // 21 RoIs, 4 of them native
    }

    private RegionFileWriter Writer(string? origin, string? path = null) =>
        new(path ?? folder.Of("some.regions"), TinyRegions.Low, 4 * TinyRegions.Low, origin, shardRegions: 4);

    private string Write(string origin, int canvases, string? path = null)
    {
        using var writer = Writer(origin, path);
        AddCanvases(writer, writer.NextCanvas, canvases);
        writer.Finish();
        return path ?? folder.Of("some.regions");
    }

    private static void AddCanvases(RegionFileWriter writer, int from, int to)
    {
        for (var i = PerCanvas * from; i < PerCanvas * to; i++)
        {
            writer.Add(Sample(i));
            if (i % PerCanvas == PerCanvas - 1)
            {
                writer.EndCanvas();
            }
        }
    }

    private static RegionSample Sample(int i) => TinyRegions.Sample(i, native: i % 5 == 4);

    private string[] Shards() => [.. Directory.GetDirectories(folder.Path)
        .SelectMany(shards => Directory.GetFiles(shards)).Select(name => Path.GetFileName(name)!).Order()];

    private static byte[] Bytes(string path) =>
    [
        .. File.ReadAllBytes(path),
        .. Directory.GetFiles(
            Directory.GetDirectories(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".*").Single())
            .Order(StringComparer.Ordinal).SelectMany(File.ReadAllBytes),
    ];
}
