using FaceLoupe.Tests;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Tests.Runs;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Tests.Workspace;

public sealed class TrainingConfigTests
{
    public static TheoryData<string> Presets =>
        [.. Directory.GetFiles(RepositoryRoot.Combine("configs"), "*.json").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Presets))]
    public void every_preset_is_valid_and_equals_its_resolved_form(string file)
    {
        using var folder = new TemporaryFolder();
        var config = Load(file);
        config.Name.ShouldBe(Path.GetFileNameWithoutExtension(file));
        config.Data.ShouldNotBeEmpty();
        config.Canvas.Validate();

        ConfigFile.Save(config, folder.Of("resolved.json"));
        ConfigFile.Save(ConfigFile.Load<TrainingConfig>(folder.Of("resolved.json"), []), folder.Of("again.json"));

        File.ReadAllText(folder.Of("again.json")).ShouldBe(File.ReadAllText(folder.Of("resolved.json")));
    }

    // The first training that somebody tries, in a fresh clone.
    [Fact]
    public void the_smoke_preset_needs_only_pictures_of_the_repository()
    {
        var config = Load("smoke.json");
        foreach (var source in config.Data.Concat(config.ValidationData))
        {
            source.Folder.ShouldNotContain("..");
            var folder = RepositoryRoot.Combine(source.Folder);
            var annotations = RepositoryRoot.Combine(source.Annotations!);
            var opened = (source with { Folder = folder, Annotations = annotations }).Open().Folder;
            (opened.Report.Pictures, opened.Report.Faces, opened.Report.Notes.Count).ShouldBe((1, 29, 0));
        }
    }

    [Fact]
    public void the_smoke_preset_builds_networks_of_4_channels()
    {
        var config = Load("smoke.json");
        using var proposals = new ProposalNetwork(config.ProposalNetwork);
        using var generator = new GeneratorNetwork(config.GeneratorNetwork);
        using var discriminator = new DiscriminatorNetwork(config.DiscriminatorNetwork);

        proposals.Trunk.Stem.OutChannels.ShouldBe(4);
        generator.Upsample.Head.OutChannels.ShouldBe(4);
        discriminator.Trunk.Options.StemMaxPool.ShouldBeFalse();
    }

    [Fact]
    public void the_paper_preset_has_the_papers_values()
    {
        var paper = Load("paper.json");

        (paper.Regions.LowResolution, paper.Regions.HighResolution, paper.Regions.ContextFactor).ShouldBe((12, 48, 2f));
        paper.Export.MaxProposals.ShouldBe(600);
        paper.Losses.ShouldBe(new());
        paper.Mine.NonFacesPerFace.ShouldBe(1_626_328 / 1_075_968.0, 1e-4);
        var epoch = (long)Math.Ceiling((1_075_968 + 1_626_328) / (double)paper.Gan.BatchSize);
        paper.Gan.Steps.ShouldBe(10 * epoch);
        paper.Gan.LearningRate.At(0, paper.Gan.Steps).ShouldBe(1e-2);
        paper.Gan.LearningRate.At((6 * epoch) - 1, paper.Gan.Steps).ShouldBe(1e-2);
        paper.Gan.LearningRate.At(6 * epoch, paper.Gan.Steps).ShouldBe(1e-3, 1e-12);
    }

    [Fact]
    public void a_partial_group_keeps_the_defaults_of_its_owner()
    {
        var config = ConfigFile.Load<TrainingConfig>(
            null, ["discriminatorNetwork.trunk.frozenStages=2", "proposalNetwork.trunk.frozenStages=0"]);

        config.DiscriminatorNetwork.Trunk.ShouldBe(new DiscriminatorOptions().Trunk with
        {
            FrozenStages = 2, Blocks = config.DiscriminatorNetwork.Trunk.Blocks,
        });
        config.ProposalNetwork.Trunk.Blocks.ShouldBe([3, 4, 6]);
    }

    [Fact]
    public void canvases_of_mistakes_need_detections()
    {
        string[] with = ["canvas.mistakeWeight=0.3"];

        Should.Throw<FaceLoupeException>(() => ConfigFile.Load<TrainingConfig>(null, with)).Message
            .ShouldContain("canvas.mistakeWeight needs an entry of data with detections");
        var source = """data=[{"folder": "street", "detections": "seen"}]""";
        ConfigFile.Load<TrainingConfig>(null, [.. with, source]).Canvas.MistakeWeight.ShouldBe(0.3);
    }

    private static TrainingConfig Load(string file) =>
        ConfigFile.Load<TrainingConfig>(RepositoryRoot.Combine("configs", file), []);
}
