using System.Text.Json.Nodes;
using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Predictions;
using FaceLoupe.Tests;
using FaceLoupe.Training.Ablations;
using FaceLoupe.Training.Tests.Stages;

namespace FaceLoupe.Training.Tests.Ablations;

/// <summary>Tables of few rows, trained for a few steps on painted faces.</summary>
[Collection(TorchAlone.Name)]
public sealed class AblationRunTests : IDisposable
{
    private readonly TrainingWorkspace work = new();
    private readonly StringWriter log = new();

    public void Dispose()
    {
        log.Dispose();
        work.Dispose();
    }

    [Fact]
    public void rows_are_trained_evaluated_and_reused_by_the_next_call()
    {
        Run("table2", ["baseline", "ours"]).ShouldBeTrue();

        var table = Table("table2");
        table["rows"]!.AsArray().Count.ShouldBe(9);
        Done(table)
            .ShouldBe(["baseline", "ours", "without-regression-branch"], "the last shares its training with ours");
        var measured = Row(table, "ours")["seeds"]![0]!["figures"]!["sets"]![0]!;
        measured["pictures"]!.GetValue<int>().ShouldBe(4);
        measured["bands"]![0]!["faces"]!.GetValue<int>().ShouldBe(12);
        Row(table, "ours")["regions"]!["ssimRefined"]!["mean"]!.GetValue<double>().ShouldBeInRange(-1, 1);
        Row(table, "without-regression-branch")["sameTrainingAs"]!.GetValue<string>().ShouldBe("ours");
        table["comparisons"]!.AsArray().Select(part => part!["without"]!.GetValue<string>()).ShouldContain("baseline");
        var drawn = table["comparisons"]!.AsArray().First(part => part!["without"]!.GetValue<string>() == "baseline")!;
        drawn["overPictures"]!["low"]!.GetValue<double>()
            .ShouldBeLessThanOrEqualTo(drawn["overPictures"]!["high"]!.GetValue<double>());
        File.ReadAllText(work.Folder.Of("table2.md"))
            .ShouldContain("| Baseline (MB-FCN) | baseline | none | done (seed 1) |");
        Directory.Exists(work.Folder.Of(Row(table, "ours")["seeds"]![0]!["model"]!.GetValue<string>())).ShouldBeTrue();
        Trained().ShouldBe(["proposals", "mine", "generator", "gan"]);

        log.GetStringBuilder().Clear();
        Run("table2", ["baseline", "ours"]).ShouldBeTrue();
        log.ToString().ShouldBeEmpty();

        // Context X1.0 with regression: the RoIs and the pretrained generator are there.
        Run("table3", ["x1.0"]).ShouldBeTrue();
        Trained().ShouldBe(["gan"]);
        File.Exists(Directory.GetFiles(work.Folder.Path, "table3-figure6-*.svg").ShouldHaveSingleItem()).ShouldBeTrue();
    }

    [Fact]
    public void a_failing_row_does_not_stop_the_others()
    {
        Run("table3", ["baseline", "x2.0", "x4.0"], "gan.learningRate.rate=1e30", "gan.steps=20").ShouldBeFalse();

        var table = Table("table3");
        Row(table, "baseline")["seeds"]![0]!["state"]!.GetValue<string>().ShouldBe("done");
        foreach (var name in (string[])["x2.0", "x4.0"])
        {
            var seed = Row(table, name)["seeds"]![0]!;
            seed["state"]!.GetValue<string>().ShouldBe("failed");
            seed["remark"]!.GetValue<string>().ShouldContain("The loss is no longer finite");
        }
    }

    [Fact]
    public void a_stopped_table_is_resumed()
    {
        using var stop = new CancellationTokenSource();
        using var stopping = new StopAt("generator-", stop);
        new AblationRun(Call("table2", ["ours", "all"]), stopping).Run(stop.Token).ShouldBeFalse();

        var table = Table("table2");
        Row(table, "ours")["seeds"]![0]!["state"]!.GetValue<string>().ShouldBe("unfinished");
        Row(table, "ours")["seeds"]![0]!["remark"]!.GetValue<string>()
            .ShouldBe("stopped: generator is at 0 of 1; repeat the command to continue");
        Row(table, "all")["seeds"]![0]!["state"]!.GetValue<string>().ShouldBe("waiting");

        Run("table2", ["ours"]).ShouldBeTrue();
        Trained().ShouldBe(["generator", "gan"]);
    }

    [Fact]
    public void stage_1_of_a_finished_training_is_used()
    {
        Run("table2", ["baseline"]).ShouldBeTrue();
        var proposals = Directory.GetDirectories(work.Folder.Of("shared"), "proposals-*").ShouldHaveSingleItem();
        Directory.CreateDirectory(work.Folder.Of("finished"));
        Directory.Move(proposals, work.Folder.Of("finished", "proposals"));

        log.GetStringBuilder().Clear();
        Run("table2", ["ours"], $"ablation.proposalsRun={work.Folder.Of("finished")}").ShouldBeTrue();
        Trained().ShouldBe(["mine", "generator", "gan"]);
    }

    [Fact]
    public void boxes_of_another_detector_mine_and_are_refined()
    {
        var boxes = work.Folder.Of("boxes");
        foreach (var picture in WiderFaceDataset.Open(work.Faces.Folder).Pictures)
        {
            PredictionFolder.Write(
                boxes, PredictionFolder.KeyOf(picture.Name), picture.Faces.Select(
                    face => new ScoredBox(face.Box, 0.9)).Append(new ScoredBox(new Box(1, 1, 20, 20), 0.1)));
        }

        string[] overrides =
        [
            $"ablation.validation=[{{\"folder\":\"{work.Faces.Folder}\",\"recorded\":\"{boxes}\"}}]",
            $"ablation.recordedMining={boxes}", "ablation.recordedName=Painter", "ablation.discriminatorAlone=true",
        ];
        Run("baselines", ["recorded-alone", "recorded"], overrides).ShouldBeTrue(log.ToString());

        var table = Table("baselines");
        Row(table, "recorded-alone")["seeds"]![0]!["figures"]!["sets"]![0]!["bands"]![0]!["ap"]!.GetValue<double>()
            .ShouldBe(1, "all faces, above all else");
        Row(table, "recorded")["label"]!.GetValue<string>().ShouldBe("Painter, refined");
        table["comparisons"]!.AsArray().Select(part => part!["part"]!.GetValue<string>())
            .ShouldContain("refinement of Painter");

        // Known before anything is trained, and without rows that read them no matter.
        File.Delete(Path.Combine(boxes, "0.txt"));
        log.GetStringBuilder().Clear();
        Should.Throw<FaceLoupeException>(() => Run("baselines", ["recorded"], [.. overrides, "seed=9"])).Message
            .ShouldContain("0.png");
        log.ToString().ShouldBeEmpty();
        Should.NotThrow(() => Run("table2", ["baseline"], [.. overrides]));
    }

    [Fact]
    public void faults_are_reported_before_anything_is_trained()
    {
        Should.Throw<FaceLoupeException>(() => Run("table4", [])).Message.ShouldContain("table2, table3, baselines");
        Should.Throw<FaceLoupeException>(() => Run("table2", ["half"])).Message.ShouldContain("without-refinement");
        Should.Throw<FaceLoupeException>(() => Run("table2", [], "ablation.proposalsRun=/nowhere")).Message
            .ShouldContain("run faceloupe-train proposals");
        Should.Throw<FaceLoupeException>(() => Run("table2", [], "data=[]")).Message.ShouldStartWith("data: no folder");
        Should.Throw<FaceLoupeException>(() => Run("table2", [], "validationData=[]")).Message
            .ShouldContain("ablation.validation");
        Should.Throw<FaceLoupeException>(() => Run("table3", ["x1.5"], "gan.startFrom=/nowhere-x{context}")).Message
            .ShouldBe("/nowhere-x1.5: no stage 'gan' here yet; run faceloupe-train gan --run /nowhere-x1.5 first.");
        Directory.Exists(work.Folder.Of("shared")).ShouldBeFalse();
    }

    private bool Run(string table, string[] rows, params string[] overrides) =>
        Run(table, rows, TestContext.Current.CancellationToken, overrides);

    private bool Run(string table, string[] rows, CancellationToken stop, params string[] overrides) =>
        new AblationRun(Call(table, rows, overrides), log).Run(stop);

    private AblationCall Call(string table, string[] rows, params string[] overrides) => new(
        table, RepositoryRoot.Combine("configs", "smoke.json"),
        [
            $"data={work.Faces.SourceList}", $"validationData={work.Faces.SourceList}", "gan.steps=2",
            "generator.steps=1",
            "proposals.steps=2", .. overrides,
        ],
        work.Folder.Path, rows, Seeds: null, Pretrained: null, Device: "cpu", Threads: 1);

    /// <summary>Stages that were trained since the log was empty.</summary>
    private string[] Trained() =>
        [.. log.ToString().Split('\n').Where(line => line.EndsWith(" done", StringComparison.Ordinal))
        .Select(line => line.Split(": ")[1].Split('-')[0])];

    private JsonNode Table(string name) => JsonNode.Parse(File.ReadAllText(work.Folder.Of(name + ".json")))!;

    private static JsonNode Row(JsonNode table, string name) =>
        table["rows"]!.AsArray().Single(row => row!["name"]!.GetValue<string>() == name)!;

    private static string[] Done(JsonNode table) => [.. table["rows"]!.AsArray()
        .Where(row => row!["seeds"]![0]!["state"]!.GetValue<string>() == "done")
            .Select(row => row!["name"]!.GetValue<string>())];

    /// <summary>A log that wishes for a stop when a word comes up.</summary>
    private sealed class StopAt(string word, CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            if (value?.Contains(word, StringComparison.Ordinal) == true)
            {
                stop.Cancel();
            }

            base.WriteLine(value);
        }
    }
}
