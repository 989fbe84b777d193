using System.Text.Json.Nodes;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Stages;
using FaceLoupe.Training.Tests.Mining;
using FaceLoupe.Training.Workspace;
using TorchSharp;

namespace FaceLoupe.Training.Tests.Stages;

/// <summary>Runs single stages on painted faces, as the commands do, in folders that go with the test.</summary>
internal sealed class TinyTraining : IDisposable
{
    private readonly TrainingWorkspace work = new();

    public TinyTraining() => RegionsPath = TinyRegions.Write(work.Folder.Of("tiny.regions"), 16);

    /// <summary>A file of 16 regions.</summary>
    public string RegionsPath { get; }

    /// <summary>A folder for a run of its own.</summary>
    public string NewRun() => work.Folder.Of($"run-{Guid.NewGuid():N}");

    /// <summary>Trains a stage from the seed of its options, or goes on with it in a folder that holds a run.</summary>
    /// <returns>The run's last checkpoint.</returns>
    public Checkpoint Train(
        string stage, TrainingConfig config, string? into = null, CancellationTokenSource? stop = null)
    {
        var cancellation = stop?.Token ?? TestContext.Current.CancellationToken;
        torch.manual_seed((long)config.Seed);
        using var run = RunDirectory.Create(into ?? NewRun(), resumeIfExists: true);
        run.Describe(config, RunInfo.Capture(stage, config.Seed, "cpu"));
        using var training = new RegionFile(RegionsPath);
        switch (stage)
        {
            case "proposals":
                using (var network = new ProposalNetwork(config.ProposalNetwork))
                {
                    new ProposalStage(
                            config.Proposals, config.ProposalNetwork.Branches, config.Canvas.Size,
                            work.Faces.Sampler(config), validation: work.Faces.Sampler(config))
                        .Train(network, run, cancellation);
                }

                break;
            case "generator":
                using (var network = new GeneratorNetwork(config.GeneratorNetwork))
                {
                    new GeneratorStage(config.Generator, config.Seed, training, training)
                        .Train(network, run, cancellation);
                }

                break;
            default:
                using (var generator = new GeneratorNetwork(config.GeneratorNetwork))
                using (var discriminator = new DiscriminatorNetwork(config.DiscriminatorNetwork))
                {
                    new GanStage(config.Gan, config.Losses, config.Seed, training, training)
                        .Train(generator, discriminator, run, cancellation);
                }

                break;
        }

        return run.LatestCheckpoint().ShouldNotBeNull();
    }

    /// <summary>One value of every line of a kind in the metrics of a run.</summary>
    public static double[] Metrics(string run, string value, string kind = "train") =>
    [
        .. File.ReadLines(Path.Combine(run, "metrics.jsonl")).Select(line => JsonNode.Parse(line)!)
            .Where(line => (string?)line["kind"] == kind).Select(line => (double)line[value]!),
    ];

    public void Dispose() => work.Dispose();
}
