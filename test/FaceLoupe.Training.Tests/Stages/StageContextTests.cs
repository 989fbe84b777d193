using FaceLoupe.Training.Commands;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Stages;
using FaceLoupe.Training.Tests.Mining;
using FaceLoupe.Training.Tests.Runs;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Tests.Stages;

public sealed class StageContextTests : IDisposable
{
    private static readonly ContextBySizeOptions BySize = new() { From = 12, To = 48, Factor = 3 };
    private readonly TemporaryFolder folder = new();
    private readonly TrainedRun training;

    public StageContextTests()
    {
        training = new TrainedRun(folder.Path);
        TinyRegions.Write(training.TrainingRegions, 2);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void regions_are_accepted_with_the_context_of_their_mining()
    {
        MinedWith(new RegionOptions { LowResolution = TinyRegions.Low, ContextFactor = 1.5f, ContextBySize = BySize });

        Open(1.5f, new ContextBySizeOptions { From = 12, To = 48, Factor = 3 }).ShouldBe(2);
        Refusal(1.5f, null).ShouldBe(
            $"{training.TrainingRegions}: mined with a context factor of 1.5 up to 12 px and 3 from 48 px on, but the "
            + "options say 1.5; mine again or set regions.contextFactor and regions.contextBySize back.");
        Refusal(1.5f, BySize with { To = 40 }).ShouldContain("say 1.5 up to 12 px and 3 from 40 px on;");
    }

    [Fact]
    public void another_factor_for_all_sizes_is_refused_too()
    {
        MinedWith(new RegionOptions { LowResolution = TinyRegions.Low, ContextFactor = 3 });

        Open(3, null).ShouldBe(2);
        Refusal(2, null).ShouldContain("mined with a context factor of 3, but the options say 2;");
    }

    [Fact]
    public void regions_of_unknown_origin_are_accepted() => Open(4, BySize).ShouldBe(2);

    private void MinedWith(RegionOptions regions) => ConfigFile.Save(
        TinyConfig.Create() with { Regions = regions }, Path.Combine(training.StageFolder("mine"), "config.json"));

    private string Refusal(float factor, ContextBySizeOptions? bySize) =>
        Should.Throw<FaceLoupeException>(() => Open(factor, bySize)).Message;

    private int Open(float factor, ContextBySizeOptions? bySize)
    {
        var config = TinyConfig.Create() with
        {
            Regions =
                new RegionOptions { LowResolution = TinyRegions.Low, ContextFactor = factor, ContextBySize = bySize },
        };
        using var run = RunDirectory.Create(folder.Of($"{Guid.NewGuid():N}"), resumeIfExists: false);
        using var regions = new StageContext(config, run, training).OpenRegions();
        return regions.Count;
    }
}
