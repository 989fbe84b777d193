using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Runs;
using TorchSharp;

namespace FaceLoupe.Training.Tests.Stages;

/// <summary>What all three training loops promise.</summary>
[Collection(TorchAlone.Name)]
public sealed class StageLoopTests : IDisposable
{
    private readonly TinyTraining training = new();

    public static TheoryData<string> AllStages => ["proposals", "generator", "gan"];

    public void Dispose() => training.Dispose();

    [Theory]
    [MemberData(nameof(AllStages))]
    public void a_resumed_run_ends_as_an_unbroken_one(string stage)
    {
        var whole = training.Train(stage, TinyConfig.Create(steps: 4));

        var run = training.NewRun();
        training.Train(stage, TinyConfig.Create(steps: 2), run).Step.ShouldBe(2);
        var resumed = training.Train(stage, TinyConfig.Create(steps: 4), run);

        resumed.Step.ShouldBe(4);
        ShouldBeEqual(resumed, whole);
        TinyTraining.Metrics(run, "step").ShouldBe([1d, 2, 3, 4]);
    }

    [Theory]
    [MemberData(nameof(AllStages))]
    public void the_seed_decides_everything(string stage)
    {
        var config = TinyConfig.Create(steps: 2);
        var first = training.Train(stage, config);

        ShouldBeEqual(training.Train(stage, config), first);
        var other = training.Train(stage, config with { Seed = 2 });
        Files(other)[0].Content.SequenceEqual(Files(first)[0].Content).ShouldBeFalse();
    }

    [Fact]
    public void every_line_of_adversarial_training_has_the_generators_losses()
    {
        var run = training.NewRun();
        var config = TinyConfig.Create(steps: 5);

        training.Train("gan", config with { Gan = config.Gan with { DiscriminatorSteps = 4 } }, run);

        TinyTraining.Metrics(run, "g.adversarial").Length.ShouldBe(5);
        TinyTraining.Metrics(run, "joint").Length.ShouldBe(5);
    }

    [Theory]
    [MemberData(nameof(AllStages))]
    public void no_tensor_outlives_its_step(string stage)
    {
        // A canvas batch's four tensors are made on another thread, where they count, and end on this one.
        var handedOver = stage == "proposals" ? 4 : 0;

        long Left(long steps)
        {
            var before = LiveTensors();
            training.Train(stage, TinyConfig.Create(steps, every: 1)); // with sheets, validations and checkpoints
            return LiveTensors() - before + (steps * handedOver);
        }

        Left(1);

        Left(6).ShouldBe(Left(2));
        var start = LiveTensors();
        using var kept = torch.ones(1);
        LiveTensors().ShouldBe(start + 1); // it does count
    }

    [Fact]
    public async Task a_stop_ends_the_run_after_the_step_with_a_checkpoint()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var run = training.NewRun();
        var metrics = new FileInfo(Path.Combine(run, "metrics.jsonl"));
        var config = TinyConfig.Create(steps: 1_000_000);
        var result = Task.Run(() => training.Train("generator", config, run, stop), stop.Token);
        while (!(metrics.Exists && metrics.Length > 0) && !result.IsCompleted)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
            metrics.Refresh();
        }

        await stop.CancelAsync();
        var checkpoint = await result;

        checkpoint.Step.ShouldBeInRange(1, 999_999);
        TinyTraining.Metrics(run, "step")[^1].ShouldBe(checkpoint.Step);
        ShouldBeEqual(checkpoint, training.Train("generator", TinyConfig.Create(checkpoint.Step)));
    }

    [Fact]
    public void a_run_resumed_with_other_networks_is_refused_in_one_line()
    {
        var run = training.NewRun();
        var config = TinyConfig.Create(steps: 1);
        training.Train("generator", config, run);

        Should.Throw<FaceLoupeException>(() => training.Train(
                "generator", config with { GeneratorNetwork = TinyConfig.Generator with { Width = 6 } }, run))
            .Message.ShouldContain("does not fit the networks of the options");
    }

    [Fact]
    public void only_the_branches_are_trained_with_branches_only()
    {
        var config = TinyConfig.Create(steps: 2);
        config = config with
        {
            // Measured after each step, which must not let the statistics of the trunk go on.
            Proposals = config.Proposals with { BranchesOnly = true, AverageDecay = 0, ValidateEvery = 1 },
            ProposalNetwork = config.ProposalNetwork with
            {
                Trunk = config.ProposalNetwork.Trunk with { Norm = NormMode.Batch, Pretrained = false },
            },
        };
        torch.manual_seed((long)config.Seed);
        using var begun = new ProposalNetwork(config.ProposalNetwork); // as the stage begins it with this seed

        var trained = training.Train("proposals", config);

        using var learnt = new ProposalNetwork(config.ProposalNetwork);
        learnt.load(Path.Combine(trained.Folder, "proposals.weights"));
        string[] changed =
        [
            .. begun.state_dict().Zip(learnt.state_dict())
                .Where(pair => !pair.First.Value.bytes.SequenceEqual(pair.Second.Value.bytes))
                .Select(pair => pair.First.Key),
        ];
        changed.ShouldContain(name => name.Contains("scores", StringComparison.Ordinal));
        changed.ShouldAllBe(name => !name.StartsWith("trunk", StringComparison.Ordinal));
    }

    private static long LiveTensors() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    private static (string Name, byte[] Content)[] Files(Checkpoint checkpoint) =>
    [
        .. Directory.GetFiles(checkpoint.Folder).Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileName(path), File.ReadAllBytes(path))),
    ];

    private static void ShouldBeEqual(Checkpoint actual, Checkpoint expected)
    {
        Files(actual).Length.ShouldBe(Files(expected).Length);
        foreach (var (file, other) in Files(actual).Zip(Files(expected)))
        {
            file.Name.ShouldBe(other.Name);
            file.Content.SequenceEqual(other.Content).ShouldBeTrue(file.Name);
        }
    }
}
