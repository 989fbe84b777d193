using FaceLoupe.Imaging;
using FaceLoupe.Training.Mining;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Tests.Runs;
using FaceLoupe.Training.Tests.Samples;
using FaceLoupe.Training.Tests.Stages;

namespace FaceLoupe.Training.Tests.Mining;

[Collection(TorchAlone.Name)]
public sealed class RegionMinerTests : IDisposable
{
    private readonly TrainingWorkspace work = new();

    public void Dispose() => work.Dispose();

    // The original is four times as large: cut by the size that a face has in it, the window would be another.
    [Fact]
    public void both_halves_of_a_region_show_one_window_whose_context_goes_with_the_size()
    {
        var sides = new List<float>();
        using var regions = Mine(new ContextBySizeOptions { From = 10, To = 60, Factor = 4 });
        for (var i = 0; i < regions.Count; i++)
        {
            var region = regions.Read(i);
            sides.Add(region.Side);
            Difference(region.Low, Resampler.Resize(region.High, regions.Low, regions.Low)).ShouldBeLessThan(12);
        }

        sides.Count.ShouldBeGreaterThan(10);
        sides.ShouldContain(side => side > 15 && side < 40);
    }

    [Fact]
    public void a_factor_by_size_cuts_other_regions_than_one_factor_for_all()
    {
        using var one = Mine(null);
        using var bySize = Mine(new ContextBySizeOptions { From = 10, To = 60, Factor = 4 });

        bySize.Count.ShouldBe(one.Count);
        for (var i = 0; i < one.Count; i++)
        {
            var (narrow, wide) = (one.Read(i), bySize.Read(i));
            wide.Side.ShouldBe(narrow.Side);
            wide.Low.Pixels.SequenceEqual(narrow.Low.Pixels).ShouldBe(narrow.Side <= 10);
        }
    }

    [Fact]
    public void many_threads_mine_the_same_regions_in_the_same_order()
    {
        using var one = Mine(null);
        using var three = Mine(null, workers: 3);

        three.Count.ShouldBe(one.Count);
        for (var i = 0; i < one.Count; i++)
        {
            three.Read(i).High.Pixels.SequenceEqual(one.Read(i).High.Pixels).ShouldBeTrue();
        }
    }

    /// <summary>Mines the faces' own boxes, on canvases that are shrunk originals and nothing worse.</summary>
    private RegionFile Mine(ContextBySizeOptions? bySize, int workers = 1)
    {
        var config = TinyConfig.Create() with
        {
            Regions = new RegionOptions { LowResolution = 8, ContextFactor = 1, ContextBySize = bySize },
            Canvas = PaintedPictures.Untouched with { MinFace = 8, MaxFace = 60 },
            Mine = new MiningOptions { MinScore = 0.999f, JitteredFaces = 1, Jitter = 0.05f, NonFacesOfEmptyCanvas = 0, Workers = workers },
        };
        var path = work.Folder.Of($"{Guid.NewGuid():N}.regions");
        using var network = new ProposalNetwork(config.ProposalNetwork);
        new RegionMiner(config, network)
            .Mine(work.Faces.Sampler(config), 12, path, "mine", TestContext.Current.CancellationToken).ShouldBeTrue();
        return new RegionFile(path);
    }

    private static double Difference(Picture a, Picture b) =>
        a.Pixels.Zip(b.Pixels, (x, y) => Math.Abs(x - y)).Average();
}
