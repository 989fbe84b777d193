using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Proposals;
using FaceLoupe.Training.Export;
using FaceLoupe.Training.Mining;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Stages;
using FaceLoupe.Training.Tests.Samples;
using FaceLoupe.Training.Tests.Stages;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Tests.Stages;

[Collection(TorchAlone.Name)]
public sealed class RegionMinerTests : IDisposable
{
    private readonly TrainingWorkspace work = new();

    public void Dispose() => work.Dispose();

    // The original is four times as large: cut by the size that a face has in it, the window would be another.
    [Fact]
    public void both_resolutions_of_a_region_show_one_window_with_context_by_size()
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

    [Fact]
    public void a_resumed_mining_gives_the_same_regions()
    {
        var config = TinyConfig.Create() with
        {
            Canvas = PaintedPictures.Untouched, Mine = new MiningOptions { JitteredFaces = 2, Workers = 2 },
        };
        var searched = 0;
        bool Mine(string path, int stopAfter)
        {
            using var stop = new CancellationTokenSource();
            var source = new Counted(() =>
            {
                if (Interlocked.Increment(ref searched) == stopAfter)
                {
                    stop.Cancel();
                }
            });
            return new RegionMiner(config.Mine, config.Regions, config.Seed, source, "this", shardRegions: 4)
                .Mine(work.Faces.Sampler(config), 30, path, "mine", stop.Token);
        }

        Mine(work.Folder.Of("unbroken.regions"), int.MaxValue).ShouldBeTrue();
        searched = 0;
        Mine(work.Folder.Of("stopped.regions"), 15).ShouldBeFalse();
        File.Exists(work.Folder.Of("stopped.regions")).ShouldBeFalse();
        searched = 0;
        Mine(work.Folder.Of("stopped.regions"), int.MaxValue).ShouldBeTrue();

        searched.ShouldBeLessThan(30, "what is in whole shards is not searched again");
        using var whole = new RegionFile(work.Folder.Of("unbroken.regions"));
        using var resumed = new RegionFile(work.Folder.Of("stopped.regions"));
        (resumed.Count, resumed.Faces, resumed.IsSharded).ShouldBe((whole.Count, whole.Faces, true));
        for (var i = 0; i < whole.Count; i++)
        {
            resumed.Read(i).High.Pixels.ShouldBe(whole.Read(i).High.Pixels);
        }
    }

    [Fact]
    public void mining_uses_the_proposals_of_the_detector()
    {
        var config = TinyConfig.Create(steps: 60, batchSize: 4, rate: 0.01) with
        {
            Canvas = PaintedPictures.Untouched with { MinFace = 20, MaxFace = 60 },
            Mine = new MiningOptions { ProposalsPerCanvas = 600 },
            Export = new ExportOptions
            {
                Scales = [new ScaleStep(2, 0, 24), new ScaleStep(1, 20)], ProposalThreshold = 0.2f, ProposalVote = 0.5f,
            },
        };
        using var training = new TinyTraining();
        var run = training.NewRun();
        training.Train("proposals", config, Path.Combine(run, "proposals"));
        var trained = new TrainedRun(run);
        var picture = work.Faces.Sampler(config).Sample(0, withHighResolution: false).Degraded;
        var exported = work.Folder.Of("exported");
        FirstStageBundle.Write(exported, trained, config, DateTimeOffset.UnixEpoch);
        using var bundle = ModelBundle.Open(exported);
        var detected = new ProposalModel(bundle).Propose(picture, "", TestContext.Current.CancellationToken);

        IReadOnlyList<Proposal> Mined(float minScore)
        {
            var mining = config with { Mine = config.Mine with { MinScore = minScore } };
            using var planned = new PlannedProposals(trained, mining);
            return planned.Propose(picture, "", TestContext.Current.CancellationToken);
        }

        detected.ShouldNotBeEmpty();
        Mined(config.Export.ProposalThreshold).ShouldBe(detected);
        Mined(0.05f).Count.ShouldBeGreaterThan(detected.Count);
    }

    [Fact]
    public void regions_of_a_trained_network_s_proposals_keep_their_scores_and_are_labelled_by_overlap()
    {
        const int canvases = 8;
        var config = TinyConfig.Create(steps: 60, batchSize: 4, rate: 0.01) with
        {
            Canvas = PaintedPictures.Untouched with { MinFace = 20, MaxFace = 60 },
            Mine = new MiningOptions { JitteredFaces = 0, MinScore = 0.05f },
            Export =
                new ExportOptions { Scales = [new ScaleStep(2, 0, 24), new ScaleStep(1, 20)], ProposalVote = 0.5f },
        };
        using var training = new TinyTraining();
        var run = training.NewRun();
        training.Train("proposals", config, Path.Combine(run, "proposals"));
        using var planned = new PlannedProposals(new TrainedRun(run), config);
        var path = work.Folder.Of("proposed.regions");

        new RegionMiner(config.Mine, config.Regions, config.Seed, planned)
            .Mine(work.Faces.Sampler(config), canvases, path, "mine", TestContext.Current.CancellationToken)
            .ShouldBeTrue();

        var sampler = work.Faces.Sampler(config);
        var proposed = Enumerable.Range(0, canvases)
            .SelectMany(
                i => planned.Propose(
                    sampler.Sample(i, withHighResolution: true).Degraded, "", TestContext.Current.CancellationToken))
            .Select(proposal => (proposal.Logit, proposal.Box.LongerSide)).ToHashSet();
        using var regions = new RegionFile(path);
        var mined = Enumerable.Range(0, regions.Count).Select(regions.Read).ToArray();
        mined.ShouldAllBe(region => proposed.Contains(new ValueTuple<float, float>(region.Logit, region.Side)));
        mined.ShouldAllBe(region => region.IsFace
            ? region.IoU >= config.Mine.FaceIoU
            : region.IoU < config.Mine.NonFaceIoU);
        mined.ShouldContain(region => region.IsFace && region.IoU < 0.95f, "proposals, not the annotated boxes");
        mined.ShouldContain(region => !region.IsFace);
    }

    /// <summary>Mines the faces' own boxes, on canvases that are shrunk originals and nothing worse.</summary>
    private RegionFile Mine(ContextBySizeOptions? bySize, int workers = 1)
    {
        var config = TinyConfig.Create() with
        {
            Regions = new RegionOptions { LowResolution = 8, ContextFactor = 1, ContextBySize = bySize },
            Canvas = PaintedPictures.Untouched with { MinFace = 8, MaxFace = 60 },
            Mine = new MiningOptions { MinScore = 0.999f, JitteredFaces = 1, Jitter = 0.05f, NonFacesOfEmptyCanvas = 0,
                Workers = workers },
        };
        var path = work.Folder.Of($"{Guid.NewGuid():N}.regions");
        using var network = new ProposalNetwork(config.ProposalNetwork);
        new RegionMiner(config.Mine, config.Regions, config.Seed, new ViewProposals(config.Mine, network))
            .Mine(work.Faces.Sampler(config), 12, path, "mine", TestContext.Current.CancellationToken).ShouldBeTrue();
        return new RegionFile(path);
    }

    private static double Difference(Picture a, Picture b) =>
        a.Pixels.Zip(b.Pixels, (x, y) => Math.Abs(x - y)).Average();

    private sealed class Counted(Action search) : IProposalSource
    {
        public IReadOnlyList<Proposal> Propose(
            Picture picture, string name, CancellationToken cancellationToken = default)
        {
            search();
            return [];
        }
    }
}
