using FaceLoupe.Evaluation.Fddb;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;
using FaceLoupe.Tests.Evaluation.Wider;
using FaceLoupe.Training.Ablations;
using FaceLoupe.Training.Paper;
using FaceLoupe.Training.Paper.Datasets;
using FaceLoupe.Training.Tests.Stages;

namespace FaceLoupe.Training.Tests.Paper;

[Collection(TorchAlone.Name)]
public sealed class PaperCommandTests : IDisposable
{
    private static readonly string Preset = RepositoryRoot.Combine("configs", "paper.json");
    private readonly TrainingWorkspace work = new();
    private readonly WiderStandIn wider = new();

    public void Dispose()
    {
        wider.Dispose();
        work.Dispose();
    }

    [Fact]
    public void all_stages_and_tables_are_run_once_and_end_in_a_report()
    {
        var output = work.Folder.Of("paper");

        Call(output).ShouldBe(0, work.Console.Error);

        var report = File.ReadAllText(Path.Combine(output, PaperReport.FileName));
        foreach (var step in (string[])
            ["proposals", "mine", "generator", "gan", "export", "measure", "ablate table2", "figures"])
        {
            report.ShouldContain($"| {step} | done | ");
            report.ShouldContain($"faceloupe-train {step} ");
        }

        AblationTables.Names.ShouldAllBe(table => File.Exists(Path.Combine(output, "tables", table + ".md")));
        report.ShouldContain("### ");
        report.ShouldContain("Ours* (ours + reg+ branch + reg loss)");
        report.ShouldContain("A rehearsal: networks of 4 channels");
        report.ShouldContain("Without eval_tools/ground_truth");
        report.ShouldContain("Ours with VGG16 in D");
        report.ShouldContain("](figures/figure10.png)");
        report.ShouldContain("## Figure 7: not drawn");
        File.Exists(Path.Combine(output, "figures", "figure10.png")).ShouldBeTrue();
        work.Console.Error.ShouldContain("hours of computing at the ");
        File.Exists(Path.Combine(output, "model", "model.json")).ShouldBeTrue();

        Draw(output);
        GoOn(output);
    }

    // What the stand-in lacked: the ground truth, the test set, FDDB.
    private void Draw(string output)
    {
        SmallBenchmark.WriteTo(wider.Of("eval_tools", "ground_truth"));
        var picture = work.Faces.FirstPicture;
        foreach (var copy in (string[])
            [wider.Of("WIDER_val", "images", SmallBenchmark.First + ".jpg"),
                wider.Of("WIDER_test", "images", "9--Press", "t.jpg"),
                wider.Of("FDDB", "originalPics", "2002", "08", "11", "big", "img_591.jpg")])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            PictureFile.Write(PictureFile.Read(picture), copy);
        }

        File.WriteAllText(
            wider.Of("FDDB", "FDDB-fold-01-ellipseList.txt"), "2002/08/11/big/img_591\n1\n18 18 0 28 30 1\n");
        var figures = work.Folder.Of("figures");

        TrainCommandLine.Run(
        [
            "figures", Path.Combine(output, "model"), "--wider", wider.Path, "--out", figures, "--max-pictures", "2",
            "--tables", Path.Combine(output, "tables"), "--fddb", wider.Of("FDDB"), "--threads", "1",
        ]).ShouldBe(0, work.Console.Error);

        // Of the benchmark's three images one is there.
        var page = File.ReadAllText(Path.Combine(figures, "figures.md"));
        page.ShouldNotContain("not drawn");
        page.ShouldContain("of the model without regression and context");
        foreach (var name in (string[])
            ["figure1.png", "figure1-boxes.png", "figure4.png", "figure5.png", "figure7-hard.svg", "figure9.svg"])
        {
            page.ShouldContain($"]({name})");
            File.Exists(Path.Combine(figures, name)).ShouldBeTrue(name);
        }

        File.ReadAllText(Path.Combine(figures, "figure7-hard.svg")).ShouldContain("Hard: 1 images, 2 faces");
        using var archive = System.IO.Compression.ZipFile.OpenRead(Path.Combine(figures, "figure8-submission.zip"));
        archive.Entries.ShouldHaveSingleItem().FullName.ShouldBe("9--Press/t.txt");
        FddbFiles.ReadDetections(Path.Combine(figures, "figure9-detections.txt")).Keys
            .ShouldBe(["2002/08/11/big/img_591"]);
        Directory.Delete(wider.Of("eval_tools"), recursive: true);
    }

    // What is done is not done again, and results of other options are not mixed with these.
    private void GoOn(string output)
    {
        var written = File.GetLastWriteTimeUtc(Path.Combine(output, "model", "model.json"));
        Call(output).ShouldBe(0, work.Console.Error);
        File.GetLastWriteTimeUtc(Path.Combine(output, "model", "model.json")).ShouldBe(written);

        Call(output, "--set", "seed=2").ShouldBe(2);
        work.Console.Error.ShouldContain("begun with other options (the first that differs: seed=2)");
    }

    [Fact]
    public void missing_parts_of_wider_face_are_named_with_their_source()
    {
        Directory.Delete(wider.Of("WIDER_val"), recursive: true);
        File.Delete(wider.Of("wider_face_split", "wider_face_train_bbx_gt.txt"));

        Call(work.Folder.Of("paper")).ShouldBe(2);

        work.Console.Error.ShouldContain("WIDER_val/images (WIDER_val.zip)");
        work.Console.Error.ShouldContain("wider_face_split/wider_face_train_bbx_gt.txt (wider_face_split.zip)");
        work.Console.Error.ShouldContain("download it from http://shuoyang1213.me/WIDERFACE/");
        work.Console.Error.ShouldNotContain("WIDER_train/images");
        Directory.Exists(work.Folder.Of("paper")).ShouldBeFalse();
    }

    [Fact]
    public void full_size_needs_the_ground_truth_of_easy_medium_and_hard()
    {
        Should.Throw<FaceLoupeException>(() => WiderFaceParts.Check(wider.Path, whole: true)).Message
            .ShouldContain("wider_{face,easy,medium,hard}_val.mat (eval_tools.zip)");
        Should.NotThrow(() => WiderFaceParts.Check(wider.Path, whole: false));
    }

    // A download that broke off, or an archive unpacked a level too deep.
    [Fact]
    public void annotated_images_that_are_missing_are_counted()
    {
        var images = wider.Of("WIDER_train", "images", "0--Parade");
        File.Delete(Directory.GetFiles(images)[0]);
        Should.NotThrow(() => WiderFaceParts.Check(wider.Path, whole: false));
        Should.Throw<FaceLoupeException>(() => WiderFaceParts.Check(wider.Path, whole: true)).Message
            .ShouldContain("1 of the 4 annotated images of WIDER_train/images (WIDER_train.zip)");

        Directory.Move(images, wider.Of("WIDER_train", "images", "WIDER_train"));
        Call(work.Folder.Of("paper")).ShouldBe(2);
        work.Console.Error.ShouldContain("4 of the 4 annotated images of WIDER_train/images (WIDER_train.zip)");
        work.Console.Error.ShouldNotContain("WIDER_val");
    }

    [Theory]
    [InlineData("--curves", "no such folder; give a folder of wider_pr_info_*_val.mat")]
    [InlineData("--fddb", "no such folder; give the folder of FDDB's folds")]
    [InlineData("--fddb-curves", "there is no curve of ours to draw them beside; give --fddb too")]
    [InlineData("--pretrained", "holds no model.json")]
    [InlineData("--seeds", "expected")]
    [InlineData("--device", "expected cpu, cuda or cuda:N")]
    public void inputs_of_later_steps_are_checked_before_the_first(string option, string reported)
    {
        Call(work.Folder.Of("paper"), option, work.Folder.Of("nowhere")).ShouldBe(2);

        work.Console.Error.ShouldContain(reported);
        work.Console.Error.TrimEnd('\n').ShouldNotContain("\n");
        Directory.Exists(work.Folder.Of("paper")).ShouldBeFalse();
    }

    [Fact]
    public void too_little_disk_space_is_reported_before_the_first_step()
    {
        Call(work.Folder.Of("paper"), "--set", "mine.proposalsPerFace=2000000000").ShouldBe(2);

        work.Console.Error.ShouldContain(" GB are needed for RoIs, checkpoints and models, ");
        Directory.Exists(work.Folder.Of("paper")).ShouldBeFalse();
    }

    [Fact]
    public void figures_of_a_folder_without_the_validation_images_leave_nothing()
    {
        var model = RepositoryRoot.Combine("models", "compact-int8");

        TrainCommandLine.Run(["figures", model, "--wider", work.Folder.Path, "--out", work.Folder.Of("figures")])
            .ShouldBe(2);

        work.Console.Error.ShouldContain("of WIDER FACE this is missing: WIDER_val/images (WIDER_val.zip), ");
        work.Console.Error.ShouldNotContain("WIDER_train");
        Directory.Exists(work.Folder.Of("figures")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("0", "--scale is '0', not a number above 0 and up to 1")]
    [InlineData("2", "--scale is '2', not a number above 0 and up to 1")]
    public void a_scale_out_of_range_is_refused(string scale, string reported)
    {
        TrainCommandLine.Run(["paper", wider.Path, "--out", work.Folder.Of("paper"), "--config", Preset, "--scale",
            scale])
            .ShouldBe(2);
        work.Console.Error.ShouldContain(reported);
    }

    [Fact]
    public void a_folder_with_other_things_is_left_alone()
    {
        Directory.CreateDirectory(work.Folder.Of("paper"));
        File.WriteAllText(work.Folder.Of("paper", "notes.txt"), "mine");

        Call(work.Folder.Of("paper")).ShouldBe(2);

        work.Console.Error.ShouldContain("the folder holds something else");
    }

    [Fact]
    public void a_failed_step_fails_only_those_that_need_it()
    {
        using var log = new StringWriter();
        var called = new List<string>();
        var call = new PaperCall(wider.Path, work.Folder.Of("paper"), Preset, Scale: 1e-5);

        new PaperRun(
            call,
            arguments =>
            {
                called.Add(arguments[0]);
                return arguments[0] == "gan" ? 1 : 0;
            },
            log).Run().ShouldBe(1);

        called.ShouldBe(["proposals", "mine", "generator", "gan", "ablate", "ablate", "ablate"]);
        var report = File.ReadAllText(work.Folder.Of("paper", PaperReport.FileName));
        report.ShouldContain("| export | failed |");
        report.ShouldContain("| ablate table3 | done |");
        log.ToString().TrimEnd().ShouldEndWith(
            "paper: not done: gan, export, measure, figures; the same command tries them again");
    }

    [Fact]
    public void a_killed_call_resumes_at_the_current_step()
    {
        var call = new PaperCall(wider.Path, work.Folder.Of("paper"), Preset, Scale: 1e-5);
        Should.Throw<InvalidOperationException>(() => new PaperRun(
            call, arguments => arguments[0] == "mine" ? throw new InvalidOperationException("killed") : 0,
            TextWriter.Null).Run());

        using var log = new StringWriter();
        var called = new List<string>();
        new PaperRun(
            call,
            arguments =>
            {
                called.Add(arguments[0]);
                arguments.ShouldContain(arguments[0] is "mine" or "generator" or "gan" ? "--resume" : arguments[0]);
                return 0;
            },
            log).Run().ShouldBe(0);

        called[0].ShouldBe("mine");
        log.ToString().ShouldContain("paper: all 10 steps done in ");
    }

    [Fact]
    public void the_next_call_resumes_after_a_stop()
    {
        var call = new PaperCall(wider.Path, work.Folder.Of("paper"), Preset, Scale: 1e-5);
        new PaperRun(call, arguments => arguments[0] == "mine" ? 130 : 0, TextWriter.Null).Run().ShouldBe(130);

        var called = new List<string>();
        new PaperRun(
            call,
            arguments =>
            {
                called.Add(arguments[0]);
                return 0;
            },
            TextWriter.Null).Run().ShouldBe(0);

        called[0].ShouldBe("mine");
    }

    // Sixteen models are measured: 600 RoIs of every image would take a minute.
    private int Call(string output, params string[] more) => TrainCommandLine.Run(
    [
        "paper", wider.Path, "--out", output, "--config", Preset, "--scale", "0.00001", "--threads", "1",
        "--set", "export.maxProposals=32", .. more,
    ]);
}
