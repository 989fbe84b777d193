using FaceLoupe.Tests;
using FaceLoupe.Training.Tests.Mining;
using FaceLoupe.Training.Tests.Runs;

namespace FaceLoupe.Training.Tests;

[Collection(TorchAlone.Name)]
public sealed class TrainCommandLineTests : IDisposable
{
    private static readonly string Smoke = RepositoryRoot.Combine("configs", "smoke.json");
    private readonly TemporaryFolder folder = new();
    private readonly CapturedConsole console = new();

    public void Dispose()
    {
        console.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void an_unknown_key_of_the_file_is_refused_with_a_suggestion() => ShouldRefuse(
        ["gan", "--run", folder.Of("run"), "--config", folder.File("wrong.json", """{ "gan": { "stepps": 3 } }""")],
        "unknown key gan.stepps", "gan.steps");

    [Fact]
    public void an_unknown_key_of_an_override_is_refused() => ShouldRefuse(
        ["gan", "--run", folder.Of("run"), "--config", Smoke, "--set", "losses.adverserial=1"], "losses.adversarial");

    // There are two hundred keys.
    [Fact]
    public void an_unknown_key_is_reported_with_the_nearest_ones()
    {
        ShouldRefuse(
            ["gan", "--run", folder.Of("run"), "--set", "learningRate=1"], "unknown key learningRate",
            ".learningRate.rate");
        console.Error.Length.ShouldBeLessThan(200);
    }

    [Fact]
    public void without_a_verb_the_help_is_printed()
    {
        TrainCommandLine.Run([]).ShouldBe(0);
        (console.Output.Contains("Usage:", StringComparison.Ordinal), console.Error).ShouldBe((true, ""));
    }

    [Fact]
    public void old_names_of_options_are_parsed_and_not_shown()
    {
        ShouldRefuse(
            ["calibrate", folder.Of("model"), "--on", folder.Of("a"), "--doubt-below", "0.5", "--doubt-above", "0.4"],
            "--band-low 0.5, --band-high 0.4: ");
        foreach (var (verb, present, old) in ((string, string, string)[])[
            ("calibrate", "--band-low", "--doubt"), ("label", "--detectors", "--teachers")])
        {
            TrainCommandLine.Run([verb, "--help"]).ShouldBe(0);
            console.Output.ShouldContain(present);
            console.Output.ShouldNotContain(old);
        }
    }

    [Fact]
    public void every_fault_of_the_options_is_reported_at_once() => ShouldRefuse(
        [
            "generator", "--run", folder.Of("run"), "--config", Smoke,
            "--set", "losses.classification=0", "--set", "gan.steps=0",
        ],
        "losses.classification must be above 0", "gan.steps must be at least 1");

    [Theory]
    [InlineData("did you mean 'proposals'?", "prposals", "--run", "x")]
    [InlineData("did you mean '--resume'?", "proposals", "--run", "x", "--resum")]
    [InlineData("There is no verb or option '--colour'. ", "proposals", "--run", "x", "--colour", "3")]
    [InlineData("There is no verb or option '--colour'. ", "ablate", "--colour", "3")]
    [InlineData("There is no verb or option '--colour'. ", "ablate", "--colour")]
    [InlineData("There is no verb or option '-x'. ", "draw", "-x")]
    [InlineData("There is no verb or option '--colour'. ", "paper", "--colour")]
    [InlineData("There is no verb or option 'table3'. ", "ablate", "table2", "table3")]
    [InlineData("Required argument missing for option: '--run'. ", "proposals", "--run", "--resume")]
    [InlineData("--run", "proposals")]
    [InlineData("--out", "export", "x")]
    public void unknown_verbs_and_options_are_refused(string reported, params string[] args) =>
        ShouldRefuse(args, reported, "--help");

    [Fact]
    public void a_stage_without_its_predecessor_names_what_to_run_first()
    {
        ShouldRefuse(["mine", "--run", folder.Of("run"), "--config", Smoke], "run faceloupe-train proposals");
        ShouldRefuse(["generator", "--run", folder.Of("run"), "--config", Smoke], "run faceloupe-train mine");
        ShouldRefuse(["export", folder.Of("run"), "--out", folder.Of("model")], "run faceloupe-train proposals");
        ShouldRefuse(["proposals", "--run", folder.Of("new")], "data: no folder of images");
    }

    [Fact]
    public void a_folder_that_cannot_be_made_is_reported_in_one_line() =>
        ShouldRefuse(["generator", "--run", Path.Combine(folder.File("file", ""), "run"), "--config", Smoke], "file");

    [Fact]
    public void regions_of_another_size_are_refused()
    {
        TinyRegions.Write(folder.Of("run", "mine", "training.regions"), 4);

        ShouldRefuse(
            ["generator", "--run", folder.Of("run"), "--config", Smoke, "--set", "regions.lowResolution=12"],
            "RoIs of 8 px", "lowResolution is 12");
    }

    [Fact]
    public void a_diverged_training_names_its_losses_and_exits_with_1()
    {
        TinyRegions.Write(folder.Of("run", "mine", "training.regions"), 8);

        TrainCommandLine.Run([
            "generator", "--run", folder.Of("run"), "--config", Smoke, "--set", "generator.learningRate.rate=1e30",
        ]).ShouldBe(1);

        console.Error.ShouldContain("faceloupe-train: The loss is no longer finite (pixel ");
    }

    [Fact]
    public void the_networks_of_a_preset_are_printed_as_a_table()
    {
        TrainCommandLine.Run(["networks", "--config", Smoke]).ShouldBe(0);

        console.Output.ShouldStartWith("| network | input | parameters | MMAC |");
        console.Output.ShouldContain("| D | 32x32 |");
    }

    private void ShouldRefuse(string[] args, params string[] expected)
    {
        var before = console.Error.Length;

        TrainCommandLine.Run(args).ShouldBe(2);

        var line = console.Error[before..].TrimEnd('\n');
        line.ShouldStartWith("faceloupe-train: ");
        line.ShouldNotContain("\n");
        expected.ToList().ForEach(text => line.ShouldContain(text));
    }
}
