using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Stages;
using FaceLoupe.Training.Tests.Samples;
using FaceLoupe.Training.Workspace;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Stages;

/// <summary>It trains.</summary>
[Collection(TorchAlone.Name)]
public sealed class LearningTests : IDisposable
{
    private readonly TinyTraining training = new();

    public void Dispose() => training.Dispose();

    [Fact]
    public void the_proposal_network_learns_the_painted_faces()
    {
        var run = training.NewRun();
        var trunk = TinyConfig.Trunk with { Norm = NormMode.Batch }; // frozen norms want a pretrained start
        var config = TinyConfig.Create(steps: 50, batchSize: 4, rate: 0.01, every: 2) with
        {
            ProposalNetwork = TinyConfig.Proposals with { Trunk = trunk },
            Canvas = PaintedPictures.Untouched with { Size = 64, CrowdWeight = 0, MinFace = 20, MaxFace = 24 },
        };

        training.Train("proposals", config, run);

        var losses = TinyTraining.Metrics(run, "classification");
        losses.Length.ShouldBe(50);
        losses[^10..].Average().ShouldBeLessThan(0.6 * losses[..5].Average());
        var precision = TinyTraining.Metrics(run, "ap", "validation");
        precision[^1].ShouldBeGreaterThan(precision[0]);
    }

    [Fact]
    public void the_generator_learns_a_few_regions()
    {
        var run = training.NewRun();
        var config = TinyConfig.Create(steps: 40, batchSize: 8, rate: 0.01, every: 39);
        var network = TinyConfig.Generator with { InputSkip = false };

        training.Train("generator", config with { GeneratorNetwork = network }, run);

        var losses = TinyTraining.Metrics(run, "pixel");
        losses[^5..].Average().ShouldBeLessThan(0.6 * losses[..5].Average());
        var psnr = TinyTraining.Metrics(run, "psnrRefined", "validation");
        psnr[^1].ShouldBeGreaterThan(psnr[0]);
    }

    [Fact]
    public void an_adversarial_step_changes_both_networks_and_the_generators_step_keeps_the_discriminator()
    {
        var config = TinyConfig.Create(steps: 1, batchSize: 4);
        using var file = new RegionFile(training.RegionsPath);
        using var run = RunDirectory.Create(training.NewRun(), resumeIfExists: false);
        var (generator, discriminator) = Networks(config);
        var (sameGenerator, sameDiscriminator) = Networks(config);

        new GanStage(config.Gan, config.Losses, config.Seed, file, null).Train(
            generator, discriminator, run, CancellationToken.None);

        // The gradient that D is left with is that of its own loss: nothing of G's step was added.
        using var scope = NewDisposeScope();
        var batch = RegionBatch.Draw(file, 4, 0, config.Seed, 0);
        var fake = sameGenerator.forward(batch.Low()).Refined.Clamp(-1, 1).detach();
        GanLosses.Discriminator(
            sameDiscriminator.forward(batch.High()), sameDiscriminator.forward(fake), batch.Truth(), config.Losses)
            .Total.backward();
        foreach (var (actual, expected) in discriminator.parameters().Zip(sameDiscriminator.parameters()))
        {
            (actual.grad! - expected.grad!).abs().max().item<float>().ShouldBeLessThan(1e-6f);
            actual.requires_grad.ShouldBeTrue();
        }

        Moved(discriminator, sameDiscriminator).ShouldBeTrue();
        Moved(generator, sameGenerator).ShouldBeTrue();
        File.Exists(Path.Combine(run.Path, "sheets", "sheet-000000.png")).ShouldBeTrue();
        TinyTraining.Metrics(run.Path, "joint").ShouldHaveSingleItem();
    }

    private static (GeneratorNetwork, DiscriminatorNetwork) Networks(TrainingConfig config)
    {
        manual_seed(1);
        return (new GeneratorNetwork(config.GeneratorNetwork), new DiscriminatorNetwork(config.DiscriminatorNetwork));
    }

    private static bool Moved(nn.Module network, nn.Module start) =>
        network.parameters().Zip(start.parameters(), (now, then) => (now - then).abs().max().item<float>())
            .Any(change => change > 1e-4f);
}
