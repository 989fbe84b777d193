using FaceLoupe.Geometry;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Tests.Mining;
using FaceLoupe.Training.Tests.Runs;

namespace FaceLoupe.Training.Tests.Regions;

public sealed class RegionFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void regions_are_read_in_any_order()
    {
        using var file = new RegionFile(TinyRegions.Write(folder.Of("some.regions"), 5));

        (file.Count, file.Faces, file.Low, file.High).ShouldBe((5, 3, 8, 32));
        foreach (var i in (int[])[4, 0, 3, 1, 2])
        {
            var (actual, expected) = (file.Read(i), TinyRegions.Sample(i));
            actual.Low.Pixels.ShouldBe(expected.Low.Pixels);
            actual.High.Pixels.ShouldBe(expected.High.Pixels);
            (actual with { Low = expected.Low, High = expected.High }).ShouldBe(expected);
        }

        Should.Throw<ArgumentOutOfRangeException>(() => file.Read(5));
    }

    [Fact]
    public void probabilities_are_kept_and_files_without_them_have_labels()
    {
        using (var writer = new RegionFileWriter(folder.Of("soft.regions"), 8, 32))
        {
            writer.Add(TinyRegions.Sample(0) with { Chance = 0.7f });
            writer.Add(TinyRegions.Sample(1));
            writer.Finish();
        }

        using var file = new RegionFile(folder.Of("soft.regions"));

        file.Read(0).Chance.ShouldBe(0.7f, 0.002);
        RegionBatch.Take(file, [0, 1], []).Labels.ShouldBe([0.7f, TinyRegions.Sample(1).Chance], 0.002);
        (RegionFormat.ChanceOf(0, isFace: true), RegionFormat.ChanceOf(0, isFace: false)).ShouldBe((1f, 0f));
    }

    [Fact]
    public void landmarks_are_kept_if_the_format_has_them()
    {
        var points = FaceLandmarks.Of([-0.2f, -0.1f, 0.2f, -0.1f, 0, 0.1f, -0.15f, 0.25f, 0.15f, 0.25f]);
        RegionSample[] samples =
            [TinyRegions.Sample(0) with { Landmarks = points }, TinyRegions.Sample(1), TinyRegions.Sample(2)];
        string Write(string name, bool landmarks)
        {
            using var writer = new RegionFileWriter(folder.Of(name), 8, 32, landmarks: landmarks);
            Array.ForEach(samples, writer.Add);
            writer.Finish();
            return folder.Of(name);
        }

        using var with = new RegionFile(Write("with.regions", landmarks: true));
        using var without = new RegionFile(Write("without.regions", landmarks: false));

        (with.HasLandmarks, without.HasLandmarks).ShouldBe((true, false));
        Enumerable.Range(0, 3).Select(i => with.Read(i).Landmarks).ShouldBe([points, null, null]);
        with.Read(2).High.Pixels.ShouldBe(samples[2].High.Pixels);
        without.Read(0).Landmarks.ShouldBeNull();
        File.ReadAllBytes(folder.Of("without.regions")).ShouldBe(
            File.ReadAllBytes(TinyRegions.Write(folder.Of("before.regions"), 3)));
        using var scope = TorchSharp.torch.NewDisposeScope();
        var truth = RegionBatch.Take(with, [0, 1], []).Truth();
        truth.HasLandmarks!.data<float>().ToArray().ShouldBe([1f, 0]);
        truth.Landmarks![0][3].item<float>().ShouldBe(-1, 1e-5f); // a tenth of the side is 1
        RegionBatch.Take(without, [0], []).Truth().Landmarks.ShouldBeNull();
    }

    [Fact]
    public void shards_have_landmarks_too()
    {
        var points = FaceLandmarks.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        using (var writer = new RegionFileWriter(folder.Of("large.regions"), 8, 32, "origin", 2, landmarks: true))
        {
            for (var i = 0; i < 5; i++)
            {
                writer.Add(TinyRegions.Sample(i) with { Landmarks = i == 3 ? points : null });
                writer.EndCanvas();
            }

            writer.Finish();
        }

        using var file = new RegionFile(folder.Of("large.regions"));
        (file.IsSharded, file.HasLandmarks).ShouldBe((true, true));
        Enumerable.Range(0, 5).Select(i => file.Read(i).Landmarks).ShouldBe([null, null, null, points, null]);
        file.Read(4).High.Pixels.ShouldBe(TinyRegions.Sample(4).High.Pixels);
    }

    [Fact]
    public void an_unfinished_file_is_deleted()
    {
        using (var writer = new RegionFileWriter(folder.Of("some.regions"), 8, 32))
        {
            writer.Add(TinyRegions.Sample(0));
            File.Exists(folder.Of("some.regions")).ShouldBeFalse();
        }

        Directory.GetFiles(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void mining_again_replaces_the_file_only_when_it_is_complete()
    {
        var path = TinyRegions.Write(folder.Of("some.regions"), 2);
        using (var writer = new RegionFileWriter(path, 8, 32))
        {
            writer.Add(TinyRegions.Sample(0));
        }

        using (var kept = new RegionFile(path))
        {
            kept.Count.ShouldBe(2);
        }

        TinyRegions.Write(path, 3);
        using var replaced = new RegionFile(path);
        replaced.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("missing", "faceloupe-train mine")]
    [InlineData("foreign", "not a file of mined RoIs")]
    [InlineData("short", "not a file of mined RoIs")]
    [InlineData("cut", "cut off")]
    [InlineData("empty", "no RoI was found")]
    public void other_files_are_refused_in_one_line(string what, string expected)
    {
        var path = folder.Of("some.regions");
        switch (what)
        {
            case "foreign":
                File.WriteAllText(path, new string('x', 500));
                break;
            case "short":
                File.WriteAllBytes(path, [1, 2, 3]);
                break;
            case "cut":
                File.WriteAllBytes(path, File.ReadAllBytes(TinyRegions.Write(path, 2))[..^1]);
                break;
            case "empty":
                TinyRegions.Write(path, 0);
                break;
        }

        var fault = Should.Throw<FaceLoupeException>(() => new RegionFile(path));

        fault.Message.ShouldStartWith(path);
        fault.Message.ShouldContain(expected);
        fault.Message.ShouldNotContain("\n");
    }
}
