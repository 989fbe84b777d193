using FaceLoupe.Proposals;
using FaceLoupe.Tests;
using FaceLoupe.Training.Ablations;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Tests.Ablations;

public sealed class AblationTablesTests
{
    private static readonly string Smoke = RepositoryRoot.Combine("configs", "smoke.json");
    private static readonly TrainingConfig Preset = ConfigFile.Load<TrainingConfig>(Smoke, []);

    public static TheoryData<string> Tables => [.. AblationTables.Names];

    [Theory]
    [MemberData(nameof(Tables))]
    public void every_row_is_a_valid_change_of_the_options(string name)
    {
        var table = AblationTables.Of(name, Preset);

        table.Rows.Select(row => row.Name).ShouldBeUnique();
        foreach (var row in table.Rows)
        {
            ConfigFile.Load<TrainingConfig>(Smoke, row.Overrides).ShouldNotBeNull();
            table.Rows.Select(other => other.Name).Append(null).ShouldContain(row.ComparedWith);
        }
    }

    [Fact]
    public void table_2_has_the_paper_s_eight_rows_and_figures_and_one_with_vgg16()
    {
        var rows = AblationTables.Of("table2", Preset).Rows;

        rows.Select(row => row.Paper).ShouldBe([
            new(0.932, 0.922, 0.858), new(0.940, 0.929, 0.863), new(0.935, 0.925, 0.867), new(0.936, 0.927, 0.865),
            new(0.944, 0.933, 0.873), new(0.944, 0.933, 0.873),
            new(0.946, 0.936, 0.876), new(0.949, 0.940, 0.880), new(0.951, 0.943, 0.882),
        ]);
        var options = rows.ToDictionary(row => row.Name, row => ConfigFile.Load<TrainingConfig>(Smoke, row.Overrides));
        rows[0].Stages.ShouldBe(DetectionStages.ProposalsOnly);
        options["without-refinement"].GeneratorNetwork.Refinement.ShouldBeFalse();
        options["without-adversarial-loss"].Losses.ShouldBe(
            new() { AdversarialInGenerator = false, RegressionBranch = false });
        options["without-classification-loss"].Losses.ShouldBe(
            new() { ClassificationInGenerator = false, RegressionBranch = false });
        options["ours"].Losses.ShouldBe(new() { RegressionBranch = false });
        options["ours-vgg16"].Losses.ShouldBe(new() { RegressionBranch = false });
        options["ours-vgg16"].DiscriminatorNetwork.Vgg!.Width.ShouldBe(Preset.DiscriminatorNetwork.Trunk.Width);
        options["without-regression-loss"].Losses.ShouldBe(new() { RegressionInGenerator = false });
        options["all"].Losses.ShouldBe(new());
    }

    [Fact]
    public void table_2_is_without_context_as_in_the_paper_unless_the_preset_says_otherwise()
    {
        var withContext = Preset with { Ablation = Preset.Ablation with { Table2ContextFactor = null } };

        ContextOf(AblationTables.Of("table2", Preset)).ShouldBe(1);
        ContextOf(AblationTables.Of("table2", withContext)).ShouldBe(2);
    }

    [Fact]
    public void table_3_goes_from_no_context_to_four_times_the_face() =>
        AblationTables.Of("table3", Preset).Rows.Where(row => row.ContextFactor is not null)
            .Select(row => (
                row.Name,
                ConfigFile.Load<TrainingConfig>(Smoke, row.Overrides).Regions.ContextFactor,
                row.Paper!.Hard))
            .ShouldBe([
                ("x1.0", 1, 0.882), ("x1.5", 1.5f, 0.886), ("x2.0", 2, 0.889), ("x3.0", 3, 0.872), ("x4.0", 4, 0.814),
            ]);

    [Fact]
    public void table_3_ends_with_our_row_of_context_by_size()
    {
        var row = AblationTables.Of("table3", Preset).Rows[^1];

        (row.Name, row.Label, row.Paper, row.ContextFactor).ShouldBe(("by-size", "X1.5 to X3.0 by size", null, null));
        var regions = ConfigFile.Load<TrainingConfig>(Smoke, row.Overrides).Regions;
        regions.ContextFactor.ShouldBe(1.5f);
        regions.ContextBySize.ShouldBe(new ContextBySizeOptions { From = 12, To = 48, Factor = 3 });
    }

    [Fact]
    public void rows_of_one_factor_replace_context_by_size_of_the_preset()
    {
        string[] bySize = ["regions.contextBySize.factor=4"];
        var preset = ConfigFile.Load<TrainingConfig>(Smoke, bySize);
        var rows = AblationTables.Of("table2", preset).Rows.Skip(1)
            .Concat(AblationTables.Of("table3", preset).Rows.Where(row => row.ContextFactor is not null));

        foreach (var row in rows)
        {
            ConfigFile.Load<TrainingConfig>(Smoke, [.. bySize, .. row.Overrides]).Regions.ContextBySize.ShouldBeNull(
                row.Name);
        }
    }

    [Fact]
    public void weaker_baselines_train_less_or_have_one_branch_with_all_anchors()
    {
        var config = ConfigFile.Load<TrainingConfig>(
            Smoke, [.. AblationTables.Of("baselines", Preset).Select(["one-branch"])[0].Overrides]);

        config.Proposals.Steps.ShouldBe(1); // a quarter of 6
        config.ProposalNetwork.Branches.ShouldHaveSingleItem().AnchorSizes.ShouldBe([8, 16, 32, 64]);
    }

    [Fact]
    public void start_from_gets_the_context_factor_of_the_row()
    {
        var preset = Preset with { Gan = Preset.Gan with { StartFrom = "runs/warm-x{context}", KeepGenerator = true } };

        AblationTables.Of("table2", preset).Rows.Single(row => row.Name == "all").Overrides
            .ShouldContain("gan.startFrom=\"runs/warm-x1.0\"");
        AblationTables.Of("table3", preset).Rows.Single(row => row.Name == "x1.5").Overrides
            .ShouldContain("gan.startFrom=\"runs/warm-x1.5\"");
        AblationTables.Of("table2", preset).Rows.Single(row => row.Name == "ours-vgg16").Overrides
            .ShouldContain("gan.startFrom=null", "a VGG has no other adversarial training to go on from");
        foreach (var (table, name) in (IEnumerable<(string, string)>)[("table3", "by-size"), ("baselines", "strong")])
        {
            AblationTables.Of(table, preset).Rows.Single(row => row.Name == name).Overrides
                .ShouldContain("gan.startFrom=\"runs/warm-x2.0\"", "the preset's own context");
        }
    }

    [Fact]
    public void recorded_boxes_are_mined_if_the_training_pictures_have_them()
    {
        var recorded = Preset with
        {
            Ablation = new() { WiderRecorded = "val", RecordedMining = "train", RecordedScores = RecordedScores.Logit },
        };

        var row = AblationTables.Of("baselines", recorded).Rows.Single(row => row.Name == "recorded");
        var mine = ConfigFile.Load<TrainingConfig>(Smoke, row.Overrides).Mine;
        (mine.Recorded, mine.RecordedScores, mine.WholePictures).ShouldBe(("train", RecordedScores.Logit, true));
    }

    [Fact]
    public void recorded_boxes_make_two_more_rows()
    {
        AblationTables.Of("baselines", Preset).Rows.ShouldNotContain(row => row.Recorded);

        var recorded = Preset with
        {
            Ablation = new() { Validation = [new() { Folder = "x", Recorded = "boxes" }], RecordedName = "YuNet" },
        };
        AblationTables.Of("baselines", recorded).Rows.Where(row => row.Recorded).Select(row => row.Label)
            .ShouldBe(["YuNet, alone", "YuNet, refined"]);
    }

    [Fact]
    public void unknown_names_are_refused_with_the_known_ones()
    {
        Should.Throw<FaceLoupeException>(() => AblationTables.Of("table9", Preset)).Message
            .ShouldContain("table2, table3, baselines");
        Should.Throw<FaceLoupeException>(() => AblationTables.Of("table3", Preset).Select(["x2.0", "x5.0"])).Message
            .ShouldBe(
                "--rows: table3 has no row 'x5.0'; its rows are baseline, x1.0, x1.5, x2.0, x3.0, x4.0, by-size.");
    }

    private static float ContextOf(AblationTable table) =>
        ConfigFile.Load<TrainingConfig>(Smoke, table.Rows[^1].Overrides).Regions.ContextFactor;
}
