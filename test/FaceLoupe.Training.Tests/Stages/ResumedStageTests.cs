using FaceLoupe.Tests;
using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Tests.Stages;

/// <summary>What a stage that is started again, and refused, leaves of the run.</summary>
[Collection(TorchAlone.Name)]
public sealed class ResumedStageTests : IDisposable
{
    private readonly TrainingWorkspace work = new();

    public ResumedStageTests() => Train(
        "proposals", "--config", RepositoryRoot.Combine("configs", "smoke.json"), "--set",
        $"data={work.Faces.SourceList}", "--set", "validationData=[]", "--set", "proposals.steps=2").ShouldBe(0);

    private string Config => Path.Combine(work.Folder.Of("run"), "proposals", "config.json");

    public void Dispose() => work.Dispose();

    [Theory]
    [InlineData("proposalNetwork.skipWidth=8", "does not fit the networks of the options")]
    [InlineData("data=[{\"folder\":\"none\"}]", "none")]
    [InlineData("seed=77", "a run keeps its seed")]
    public void a_refused_start_leaves_the_description_of_the_run(string option, string reported)
    {
        var before = File.ReadAllText(Config);

        Refused("proposals", "--resume", "--set", option).ShouldContain(reported);

        File.ReadAllText(Config).ShouldBe(before);
        Train("proposals", "--resume", "--set", "proposals.steps=3").ShouldBe(0);
    }

    [Fact]
    public void a_run_that_is_past_its_end_says_so_and_keeps_it()
    {
        Train("proposals", "--resume", "--set", "proposals.steps=1").ShouldBe(0);

        work.Console.Error.ShouldContain("proposals: already at step 2 of 1; proposals.steps says how far to go.");
        File.ReadAllText(Config).ShouldContain("\"steps\": 2");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3_000)]
    [InlineData(-1)]
    public void a_damaged_checkpoint_is_named(int kept)
    {
        var weights = Directory.GetFiles(
            work.Folder.Of("run"), "proposals.weights", SearchOption.AllDirectories).Max()!;
        var bytes = File.ReadAllBytes(weights);
        File.WriteAllBytes(weights, kept < 0 ? [.. Enumerable.Repeat((byte)0xFF, bytes.Length)] : bytes[..kept]);

        foreach (var args in (string[][])[["proposals", "--resume"], ["mine"]])
        {
            Refused(args).ShouldContain($"{weights}: the checkpoint is damaged");
        }

        File.Delete(weights);
        Refused("mine").ShouldContain($"{weights}: is missing");
    }

    [Fact]
    public void finished_regions_are_not_replaced_unasked_and_keep_their_options()
    {
        Train("mine").ShouldBe(0);
        var regions = Path.Combine(work.Folder.Of("run"), "mine", "training.regions");
        var config = File.ReadAllText(Path.Combine(work.Folder.Of("run"), "mine", "config.json"));

        Refused("mine", "--set", "mine.canvases=1").ShouldContain("add --resume to continue");
        Refused("mine", "--resume", "--set", "regions.contextFactor=3", "--set", "data=[{\"folder\":\"none\"}]")
            .ShouldContain("none");

        File.Exists(regions).ShouldBeTrue();
        File.ReadAllText(Path.Combine(work.Folder.Of("run"), "mine", "config.json")).ShouldBe(config);
    }

    [Fact]
    public void adversarial_training_goes_on_with_the_generator_there_is()
    {
        Train("mine").ShouldBe(0);
        Train("generator", "--set", "generator.steps=1").ShouldBe(0);

        Refused("gan", "--set", "generatorNetwork.width=8").ShouldContain(
            "generatorNetwork: differs from that of the generator stage");
    }

    [Fact]
    public void the_folder_of_a_person_stays_where_nothing_was_trained()
    {
        var mine = Directory.CreateDirectory(work.Folder.Of("mine")).FullName;

        TrainCommandLine.Run(["mine", "--run", mine]).ShouldBe(2);

        Directory.Exists(mine).ShouldBeTrue();
        TrainCommandLine.Run(["mine", "--run", ""]).ShouldBe(2);
        TrainCommandLine.Run(["mine", "--run", work.Folder.File("file", "x")]).ShouldBe(2);
        work.Console.Error.ShouldContain("a file stands where the run's folder should be");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public void steps_before_a_bad_sample_are_kept(int good)
    {
        var options = new FaceLoupe.Training.Stages.Options.GeneratorStageOptions { Steps = 9, CheckpointEvery = 100 };
        using var run = RunDirectory.Create(work.Folder.Of("bad"), resumeIfExists: false);
        using var session = new FaceLoupe.Training.Stages.StageSession(
            run, "generator", options, new(), CancellationToken.None);
        using var samples = new Prefetcher<long>(step => step < good ? step : throw new FaceLoupeException("bad"));

        Should.Throw<FaceLoupeException>(() =>
        {
            while (session.Next())
            {
                session.Take(samples);
                session.EndStep(new Dictionary<string, double>(), 1);
            }
        }).Message.ShouldBe("bad");

        run.LatestCheckpoint()?.Step.ShouldBe(good);
        (run.LatestCheckpoint() is null).ShouldBe(good == 0, "untrained networks are no checkpoint");
    }

    private int Train(string stage, params string[] more) =>
        TrainCommandLine.Run([stage, "--run", work.Folder.Of("run"), .. more]);

    private string Refused(params string[] args)
    {
        var before = work.Console.Error.Length;
        Train(args[0], args[1..]).ShouldBe(2);
        return work.Console.Error[before..];
    }
}
