using System.Text.Json;
using FaceLoupe.Tests;
using FaceLoupe.Training.Tests.Runs;
using FaceLoupe.Training.Tests.Stages;

namespace FaceLoupe.Training.Tests.Commands;

/// <summary>docs/other-objects.md at a fiftieth of its size: objects that are no faces, by a configuration.</summary>
[Collection(TorchAlone.Name)]
public sealed class OtherObjectsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CapturedConsole console = new();

    public void Dispose()
    {
        console.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void the_demo_trains_every_stage_on_one_category_and_its_model_finds_it()
    {
        var (data, run, model) = (folder.Of("beetles"), folder.Of("run"), folder.Of("models", "beetles"));
        Run("draw", data, "--pictures", "8", "--validation", "2");
        Run(
            "proposals", "--config", RepositoryRoot.Combine("configs", "objects-demo.json"), "--run", run,
            "--set", $"data={Source(data, "train", "beetle")}",
            "--set", $"validationData={Source(data, "val", "beetle")}",
            "--set", "proposals.steps=30", "--set", "proposals.batchSize=4", "--set", "proposals.metricsEvery=1",
            "--set", "proposals.validateEvery=1000", "--set", "proposals.learningRate.warmUpSteps=2",
            "--set", "mine.canvases=6", "--set", "mine.validationCanvases=2",
            "--set", "generator.steps=2", "--set", "generator.batchSize=4", "--set", "generator.validationRegions=4",
            "--set", "gan.steps=2", "--set", "gan.batchSize=4", "--set", "gan.validationRegions=4",
            "--set", "export.threshold=0.01", "--set", "export.proposalThreshold=0");
        Run("mine", "--run", run);
        Run("generator", "--run", run);
        Run("gan", "--run", run);
        Run("export", run, "--out", model);

        var losses = TinyTraining.Metrics(Path.Combine(run, "proposals"), "classification");
        losses[^5..].Average().ShouldBeLessThan(0.9 * losses[..3].Average());
        using var detector = FaceLoupeDetector.Load(model);
        detector.Model.Category.ShouldBe("beetle");
        detector.Detect(Path.Combine(data, "val", "0000.png"), TestContext.Current.CancellationToken)
            .Proposals.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void an_unknown_category_is_reported_with_the_known_ones()
    {
        var data = folder.Of("few");
        Run("draw", data, "--pictures", "1", "--validation", "1");
        string[] call =
        [
            "proposals", "--config", RepositoryRoot.Combine("configs", "objects-demo.json"), "--run", folder.Of("none"),
        ];

        TrainCommandLine.Run([.. call, "--set", $"data={Source(data, "train", "wasp")}"]).ShouldBe(2);
        console.Error.ShouldContain("train.json: has no category 'wasp'; expected one of its own: beetle, leaf.");
        TrainCommandLine.Run([.. call, "--set", """data=[{"folder":"x","categories":["beetle"]}]"""]).ShouldBe(2);
        console.Error.ShouldContain("categories need annotations in COCO's format, a file in .json");
    }

    private static string Source(string data, string part, string category) => JsonSerializer.Serialize(new[]
    {
        new
        {
            folder = Path.Combine(data, part),
            annotations = Path.Combine(data, part + ".json"),
            categories = new[] { category },
        },
    });

    private void Run(params string[] args) => TrainCommandLine.Run(args).ShouldBe(0, console.Error);
}
