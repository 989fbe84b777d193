using System.Text.Json;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Tests;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Paper;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Tests.Stages;
using FaceLoupe.Training.Workspace;
using TorchSharp;

namespace FaceLoupe.Training.Tests.Paper;

/// <summary>configs/paper.json does what the paper asks; only sizes are smaller here.</summary>
[Collection(TorchAlone.Name)]
public sealed class PaperPresetTests : IDisposable
{
    private const double Scale = 1e-5;
    private static readonly string Preset = RepositoryRoot.Combine("configs", "paper.json");
    private readonly TrainingWorkspace work = new();

    public void Dispose() => work.Dispose();

    [Fact]
    public void a_few_steps_of_training_follow_the_paper()
    {
        var (run, model) = (work.Folder.Of("run"), work.Folder.Of("model"));
        foreach (var stage in (string[])["proposals", "mine", "generator", "gan"])
        {
            Run([stage, "--run", run, "--config", Preset, "--threads", "1", .. Smaller()]);
        }

        Run(["export", run, "--out", model]);

        // 4.2: Adam at 1e-2, then at 1e-3.
        TinyTraining.Metrics(Path.Combine(run, "gan"), "learningRate").ShouldBe([1e-2, 1e-2, 1e-3, 1e-3], 1e-9);
        var trained = new TrainedRun(run);
        using (var proposals = trained.LoadProposals())
        using (var discriminator = trained.LoadDiscriminator())
        using (var generator = trained.LoadGenerator("gan"))
        {
            ShouldHaveLearntNorms(proposals.Trunk);
            ShouldHaveLearntNorms(discriminator.Trunk);
            ShouldHaveLearntNorms(generator);
        }

        // 4.2: the low resolution is the high one, down-sampled.
        using (var regions = new RegionFile(trained.TrainingRegions))
        {
            (regions.Low, regions.High).ShouldBe((12, 48));
            for (var i = 0; i < regions.Count; i++)
            {
                var region = regions.Read(i);
                region.Low.Pixels.ShouldBe(Resampler.Resize(region.High, 12, 12).Pixels);
            }
        }

        // 4.2: 600 RoIs of every image, each through G and D.
        using var bundle = ModelBundle.Open(model);
        var detection = bundle.Manifest.Detection;
        (detection.MaxProposals, detection.ProposalThreshold, detection.Stage2Band).ShouldBe((600, 0f, null));
        detection.Scales.ShouldHaveSingleItem().Factor.ShouldBe(1);
        using var detector = FaceLoupeDetector.Load(model);
        var found = detector.Detect(work.Faces.FirstPicture, TestContext.Current.CancellationToken);
        found.Proposals.Count.ShouldBe(600);
    }

    [Fact]
    public void the_stable_preset_differs_in_the_rate_of_adversarial_training_alone()
    {
        var paper = ConfigFile.Load<TrainingConfig>(Preset, []);
        var stable = ConfigFile.Load<TrainingConfig>(RepositoryRoot.Combine("configs", "paper-stable.json"), []);

        stable.Gan.LearningRate.Rate.ShouldBeLessThan(paper.Gan.LearningRate.Rate);
        var same = stable with { Name = paper.Name, Gan = stable.Gan with { LearningRate = paper.Gan.LearningRate } };
        JsonSerializer.Serialize(same, OptionsJson.Format)
            .ShouldBe(JsonSerializer.Serialize(paper, OptionsJson.Format));
    }

    [Fact]
    public void batch_norms_learn_in_all_networks_and_no_stage_is_frozen()
    {
        var paper = ConfigFile.Load<TrainingConfig>(Preset, []);

        foreach (var trunk in (ResNetOptions[])[paper.ProposalNetwork.Trunk, paper.DiscriminatorNetwork.Trunk])
        {
            (trunk.Norm, trunk.FrozenStages, trunk.Pretrained).ShouldBe((NormMode.Batch, 0, true));
        }

        paper.GeneratorNetwork.Norm.ShouldBe(NormMode.Batch);
        (paper.Canvas.Padded, paper.Canvas.CrowdWeight, paper.Mine.WholePictures).ShouldBe((true, 0.0, true));
    }

    // A reader compares the file with the paper section by section.
    [Fact]
    public void every_section_of_the_file_names_the_papers_or_a_deviation()
    {
        var lines = File.ReadAllLines(Preset);
        foreach (var section in lines.Where(
            line => line.StartsWith("  \"", StringComparison.Ordinal) && line.EndsWith('{')))
        {
            var from = Array.IndexOf(lines, section);
            var to = Array.FindIndex(lines, from, line => line.StartsWith("  }", StringComparison.Ordinal));
            lines[from..to].ShouldContain(
                line => line.Contains("// ", StringComparison.Ordinal)
                    && (line.Any(char.IsDigit) || line.Contains("Deviation", StringComparison.Ordinal)),
                section);
        }

        lines.Count(line => line.Contains("Deviation:", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(6);
    }

    private IEnumerable<string> Smaller()
    {
        string[] set =
        [
            $"data={work.Faces.SourceList}", $"validationData={work.Faces.SourceList}",
            .. PaperScale.Overrides(Scale, ConfigFile.Load<TrainingConfig>(Preset, [])),
            "gan.learningRate.dropAt=[2]", "gan.metricsEvery=1",
        ];
        return set.SelectMany(text => (string[])["--set", text]);
    }

    // They begin with a mean of 0 and a variance of 1.
    private static void ShouldHaveLearntNorms(torch.nn.Module network)
    {
        var state = network.state_dict();
        var means = state.Where(entry => entry.Key.EndsWith("running_mean", StringComparison.Ordinal)).ToArray();
        means.ShouldNotBeEmpty();
        means.ShouldAllBe(mean => mean.Value.abs().max().item<float>() > 0);
        state.Where(entry => entry.Key.EndsWith("norm.weight", StringComparison.Ordinal))
            .ShouldAllBe(scale => scale.Value.sub(1).abs().max().item<float>() > 0);
    }

    private void Run(string[] args) => TrainCommandLine.Run(args).ShouldBe(0, work.Console.Error);
}
