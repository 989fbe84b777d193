using FaceLoupe.Datasets;
using FaceLoupe.Training.Ablations;
using FaceLoupe.Training.Identities;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Samples.Sources;
using FaceLoupe.Training.Tests.Runs;
using FaceLoupe.Training.Tests.Stages;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Tests.Identities;

public sealed class StageKeysTests
{
    private static readonly StageKeys Keys = new("training images", "validation images");
    private static readonly TrainingConfig Config = TinyConfig.Create();

    [Fact]
    public void a_row_trains_only_stages_that_its_change_affects()
    {
        Changed(Config).ShouldBeEmpty();
        Changed(Config with { Losses = new LossOptions { RegressionBranch = false } }).ShouldBe(["gan"]);
        Changed(Config with { GeneratorNetwork = Config.GeneratorNetwork with { Refinement = false } })
            .ShouldBe(["generator", "gan"]);
        Changed(Config with { Regions = Config.Regions with { ContextFactor = 3 } })
            .ShouldBe(["mine", "generator", "gan"]);
        Changed(Config with { Regions = Config.Regions with { ContextBySize = new() } })
            .ShouldBe(["mine", "generator", "gan"]);
        Changed(Config with { Proposals = Config.Proposals with { Steps = 3 } })
            .ShouldBe(["proposals", "mine", "generator", "gan"]);
    }

    [Fact]
    public void the_seed_of_a_row_affects_stage_2_only()
    {
        Changed(Config, seed: 2).ShouldBe(["generator", "gan"]);
        Changed(Config with { Seed = 2 }).ShouldBe(["proposals", "mine", "generator", "gan"]);
    }

    [Fact]
    public void other_pictures_change_the_keys()
    {
        var other = Keys with { Data = "more images" };

        other.Proposals(Config).Hash.ShouldNotBe(Keys.Proposals(Config).Hash);
        other.Gan(Config, 1).Hash.ShouldNotBe(Keys.Gan(Config, 1).Hash);
    }

    [Fact]
    public void options_of_logging_do_not_change_the_keys() => Changed(Config with
    {
        Proposals = Config.Proposals with { CheckpointEvery = 7, MetricsEvery = 7, Workers = 3 },
        Gan = Config.Gan with { SheetEvery = 7, ValidationRegions = 7 },
        Canvas = Config.Canvas with { CacheMegabytes = 7 },
        Name = "another",
    }).ShouldBeEmpty();

    [Fact]
    public void a_key_has_the_name_of_its_stage_and_its_content()
    {
        var key = Keys.Gan(Config, 5);

        key.Name.ShouldBe($"gan-{key.Hash[..12]}");
        key.Text.ShouldContain("\"adversarialForm\": \"saturating\"");
        key.Text.ShouldContain(Keys.Generator(Config, 5).Hash);
    }

    [Fact]
    public void a_pixel_loss_other_than_the_papers_is_in_the_key_of_its_stage()
    {
        Changed(Config with { Generator = Config.Generator with { PixelForm = PixelForm.Logarithm } })
            .ShouldBe(["generator", "gan"]);
        Changed(Config with { Gan = Config.Gan with { PixelForm = PixelForm.Logarithm } }).ShouldBe(["gan"]);
        Keys.Gan(Config, 1).Text.ShouldNotContain(
            "pixelForm", Case.Insensitive, "what was trained before is still known");
    }

    [Fact]
    public void context_by_size_is_in_keys_only_if_it_is_set()
    {
        var bySize = Config with { Regions = Config.Regions with { ContextBySize = new() { To = 40 } } };

        Keys.Mine(Config).Text.ShouldNotContain(
            "contextBySize", Case.Insensitive, "what was mined before is still known");
        Keys.Mine(bySize).Text.ShouldContain("contextBySize");
        ModelOf(bySize).ShouldNotBe(ModelOf(Config), "a first stage alone is exported with its context as well");

        static string ModelOf(TrainingConfig config)
        {
            var row = new AblationRow("alone", "Stage 1 alone", null) { Stages = DetectionStages.ProposalsOnly };
            return ResultStore.ModelOf(RowPlan.Of("root", row, config, 1, Keys));
        }
    }

    [Fact]
    public void pictures_are_identified_by_names_sizes_and_boxes_in_any_folder()
    {
        using PaintedFaces first = new(2), same = new(2), more = new(3);
        using var folder = new TemporaryFolder();

        Identity(first).ShouldBe(Identity(same));
        Identity(first).ShouldNotBe(Identity(more));
        var seen = folder.File("seen.txt", string.Concat(
            WiderFaceDataset.Open(first.Folder).Pictures.Select(picture => $"{picture.Name}\n0\n")));
        Identity(first, seen).ShouldNotBe(Identity(first));
        DataIdentity.OfFiles(null).ShouldBeEmpty();
        var file = folder.File("boxes.txt", "1");
        var before = DataIdentity.OfFiles(file);
        DataIdentity.OfFiles(folder.File("boxes.txt", "12")).ShouldNotBe(before);
    }

    private static string Identity(PaintedFaces faces, string? detections = null) =>
        DataIdentity.Of([new SourceOptions { Folder = faces.Folder, Detections = detections }]);

    private static string[] Changed(TrainingConfig config, ulong seed = 1)
    {
        (string Stage, string Old, string New)[] hashes =
        [
            ("proposals", Keys.Proposals(Config).Hash, Keys.Proposals(config).Hash),
            ("mine", Keys.Mine(Config).Hash, Keys.Mine(config).Hash),
            ("generator", Keys.Generator(Config, 1).Hash, Keys.Generator(config, seed).Hash),
            ("gan", Keys.Gan(Config, 1).Hash, Keys.Gan(config, seed).Hash),
        ];
        return [.. hashes.Where(hash => hash.Old != hash.New).Select(hash => hash.Stage)];
    }
}
