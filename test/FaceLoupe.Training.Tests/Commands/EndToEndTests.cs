using FaceLoupe.Tests;
using FaceLoupe.Training.Tests.Stages;

namespace FaceLoupe.Training.Tests.Commands;

/// <summary>The whole way from annotated images to found faces, at 4 channels and a few steps per stage.</summary>
[Collection(TorchAlone.Name)]
public sealed class EndToEndTests : IDisposable
{
    private readonly TrainingWorkspace work = new();

    public void Dispose() => work.Dispose();

    [Fact]
    public void the_smoke_preset_trains_every_stage_exports_and_detects()
    {
        var (run, model) = (work.Folder.Of("run"), work.Folder.Of("models", "smoke"));
        Run(
            "proposals", "--config", RepositoryRoot.Combine("configs", "smoke.json"), "--run", run,
            "--set", $"data={work.Faces.SourceList}", "--set", $"validationData={work.Faces.SourceList}");
        Run("mine", "--run", run);
        Run("generator", "--run", run);
        Run("gan", "--run", run);
        Run("export", run, "--out", model);

        FilesOf(run).ShouldBe([
            "gan/checkpoints/step-000002", "gan/checkpoints/step-000004",
            "gan/config.json", "gan/metrics.jsonl", "gan/run.json",
            "gan/sheets/sheet-000000.png", "gan/sheets/sheet-000002.png", "gan/sheets/sheet-000003.png",
            "generator/checkpoints/step-000002", "generator/checkpoints/step-000004", "generator/config.json",
            "generator/metrics.jsonl", "generator/run.json",
            "generator/sheets/sheet-000000.png", "generator/sheets/sheet-000002.png",
            "generator/sheets/sheet-000003.png",
            "mine/config.json", "mine/metrics.jsonl", "mine/run.json",
            "mine/training.regions", "mine/validation.regions",
            "proposals/checkpoints/step-000003", "proposals/checkpoints/step-000006", "proposals/config.json",
            "proposals/metrics.jsonl", "proposals/run.json",
        ]);
        TinyTraining.Metrics(Path.Combine(run, "proposals"), "classification").Length.ShouldBe(6);
        TinyTraining.Metrics(Path.Combine(run, "gan"), "faceApReal", "validation")
            .ShouldAllBe(value => value >= 0 && value <= 1);
        Detect(model);
        Import(run, model);
        Begin(run);
        GoOn(run);
        Teach(run);
    }

    private void Detect(string model)
    {
        using var detector = FaceLoupeDetector.Load(model);
        var found = detector.Detect(work.Faces.FirstPicture);

        found.Proposals.Count.ShouldBeInRange(1, 16);
        found.Faces.ShouldAllBe(face => face.Box.IsValid && face.Score >= 0.01f);
        found.Faces.ShouldAllBe(face => face.Box.Clip(found.Width, found.Height) == face.Box);
        detector.Model.Training!["preset"]!.GetValue<string>().ShouldBe("smoke");
        detector.Model.Training!["stages"]!["gan"]!["steps"]!.GetValue<long>().ShouldBe(4);
    }

    // A model that is imported can be exported again as it was, and trained on; another network's options are refused.
    private void Import(string run, string model)
    {
        var (config, again, copy) = (
            Path.Combine(run, "proposals", "config.json"), work.Folder.Of("imported"), work.Folder.Of(
                "models", "copy"));
        Run("import", model, "--config", config, "--run", again);
        Run("export", again, "--out", copy);
        using (var before = FaceLoupeDetector.Load(model))
        using (var after = FaceLoupeDetector.Load(copy))
        {
            var (first, second) = (before.Detect(work.Faces.FirstPicture), after.Detect(work.Faces.FirstPicture));
            second.Proposals.Count.ShouldBe(first.Proposals.Count);
            second.Proposals.Zip(first.Proposals).ShouldAllBe(
                pair => Math.Abs(pair.First.Logit - pair.Second.Logit) < 0.05f);
            second.Faces.Count.ShouldBe(first.Faces.Count);
            after.Model.Training!["stages"]!["gan"]!["imported"]!.GetValue<string>().ShouldBe("smoke 0.0.1");
        }

        Run(
            "proposals", "--config", config, "--run", work.Folder.Of("further"), "--set",
            $"proposals.startFrom={again}",
            "--set", "proposals.steps=1");

        TrainCommandLine.Run(["import", model, "--config", config, "--run", again]).ShouldBe(2);
        work.Console.Error.ShouldContain("is not empty");
        TrainCommandLine.Run([
            "import", model, "--config", config, "--run", work.Folder.Of("wider"), "--set",
            "proposalNetwork.headWidth=9",
        ]).ShouldBe(2);
        work.Console.Error.ShouldContain("does not fit the proposals network of the options");
        TrainCommandLine.Run([
            "import", model, "--config", config, "--run", work.Folder.Of("deeper"), "--set",
            "generatorNetwork.blocks=3",
        ]).ShouldBe(2);
        work.Console.Error.ShouldContain("the generator network of the options has");
    }

    // Adversarial training begins with both networks of another one, or with its discriminator alone.
    private void Begin(string run)
    {
        double FirstLoss(string name, string keepGenerator)
        {
            var begun = work.Folder.Of(name);
            foreach (var stage in new[] { "mine", "generator" })
            {
                CopyFolder(Path.Combine(run, stage), Path.Combine(begun, stage));
            }

            Run(
                "gan", "--run", begun, "--set", $"gan.startFrom={run}", "--set", $"gan.keepGenerator={keepGenerator}",
                "--set", "gan.steps=1");
            return TinyTraining.Metrics(Path.Combine(begun, "gan"), "g.pixel").ShouldHaveSingleItem();
        }

        var own = TinyTraining.Metrics(Path.Combine(run, "gan"), "g.pixel")[0];
        FirstLoss("kept", "true").ShouldBe(own, 1e-6);
        Math.Abs(FirstLoss("taken", "false") - own).ShouldBeGreaterThan(1e-6);

        TrainCommandLine.Run(["gan", "--run", work.Folder.Of("kept"), "--resume", "--set", "gan.startFrom=null"])
            .ShouldBe(2);
        work.Console.Error.ShouldContain("keepGenerator needs a startFrom");
    }

    private void GoOn(string run)
    {
        TrainCommandLine.Run(["proposals", "--run", run]).ShouldBe(2);
        work.Console.Error.ShouldContain("add --resume to continue");
        Run("proposals", "--run", run, "--resume", "--set", "proposals.steps=7");
        Directory.Exists(Path.Combine(run, "proposals", "checkpoints", "step-000007")).ShouldBeTrue();
    }

    // What is trained can teach, and lends its trunk to a discriminator of the same shape.
    private void Teach(string run)
    {
        var pupil = work.Folder.Of("pupil");
        Run(
            "proposals", "--config", Path.Combine(run, "proposals", "config.json"), "--run", pupil,
            "--set", $"proposals.teacher.run={run}");
        TinyTraining.Metrics(Path.Combine(pupil, "proposals"), "taught").ShouldAllBe(value => value > 0);

        TrainCommandLine.Run([
            "proposals", "--config", Path.Combine(run, "proposals", "config.json"), "--run", work.Folder.Of("other"),
            "--set", $"proposals.teacher.run={run}", "--set",
            "proposalNetwork.branches=[{\"stride\":4,\"anchorSizes\":[9]}]",
        ]).ShouldBe(2);
        work.Console.Error.ShouldContain("other strides or anchor sizes");

        foreach (var stage in new[] { "mine", "generator" })
        {
            CopyFolder(Path.Combine(run, stage), Path.Combine(pupil, stage));
        }

        Run("gan", "--run", pupil, "--set", "gan.trunkFromProposals=true");
        Cut(run, pupil);
    }

    // Narrower networks begin as parts of trained ones, and go on as such.
    private void Cut(string run, string pupil)
    {
        var part = work.Folder.Of("part");
        Run(
            "proposals", "--config", Path.Combine(run, "proposals", "config.json"), "--run", part,
            "--set", $"proposals.teacher={{\"run\":\"{run}\",\"cut\":true}}", "--set", "proposals.steps=2",
            "--set", "proposalNetwork.trunk.width=3", "--set", "proposalNetwork.skipWidth=3");
        Run("proposals", "--run", part, "--resume", "--set", "proposals.steps=3");
        TinyTraining.Metrics(Path.Combine(part, "proposals"), "features").ShouldAllBe(value => value > 0);

        foreach (var stage in new[] { "mine", "generator" })
        {
            CopyFolder(Path.Combine(run, stage), Path.Combine(part, stage));
        }

        Run(
            "gan", "--run", part, "--set", $"gan.teacher={{\"run\":\"{pupil}\",\"cut\":true}}",
            "--set", "discriminatorNetwork.trunk.width=3");
        foreach (var value in new[] { "d.featuresOfReal", "d.featuresOfGenerated", "d.taughtOfReal",
            "d.taughtShiftOfGenerated" })
        {
            TinyTraining.Metrics(Path.Combine(part, "gan"), value).ShouldAllBe(found => found >= 0);
        }

        TrainCommandLine.Run([
            "gan", "--run", part, "--resume", "--set", "gan.steps=5", "--set", "gan.trunkFromProposals=true",
        ]).ShouldBe(2);
        work.Console.Error.ShouldContain("no startFrom and no trunkFromProposals");

        TrainCommandLine.Run(["proposals", "--run", part, "--resume", "--set", "proposals.teacher={\"cut\":true}"])
            .ShouldBe(2);
        work.Console.Error.ShouldContain("proposals.teacher.cut needs the run of a teacher");
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private void Run(params string[] args) => TrainCommandLine.Run(args).ShouldBe(0, work.Console.Error);

    /// <summary>All files, a checkpoint counted as one, by their paths below the folder.</summary>
    private static string[] FilesOf(string root) =>
    [
        .. Directory.GetFiles(root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Select(path => path.Contains("/checkpoints/", StringComparison.Ordinal)
                ? path[..path.LastIndexOf('/')]
                : path)
            .Distinct().Order(StringComparer.Ordinal),
    ];
}
