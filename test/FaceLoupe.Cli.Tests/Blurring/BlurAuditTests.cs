using System.IO.Pipes;
using System.Text.Json;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Models;
using FaceLoupe.Tests;
using FaceLoupe.Tests.Documentation;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Cli.Tests.Blurring;

/// <summary>The audit and the threshold of <c>blur</c>.</summary>
public sealed class BlurAuditTests : BlurScenes
{
    [Fact]
    public void every_region_is_written_down()
    {
        var picture = Save("a.png");

        Blur(picture, "--out", PathOf("out.png"), "--audit", PathOf("log/audit.jsonl"), "--min-score", "0.25")
            .ExitCode.ShouldBe(0);

        var lines = Audit("log/audit.jsonl");
        lines.Length.ShouldBe(3);
        lines[0].GetProperty("model").GetString().ShouldBe("tiny 1.0.0");
        lines[0].GetProperty("threshold").GetDouble().ShouldBe(0.25);
        lines[1].GetProperty("file").GetString().ShouldBe(picture);
        lines[1].GetProperty("box").GetRawText().ShouldBe("[12.8,20,16,16]");
        lines[1].GetProperty("mask").GetRawText().ShouldBe("[10.4,17.6,20.8,20.8]");
        lines[1].GetProperty("origin").GetString().ShouldBe("detected");
        lines[2].GetProperty("output").GetString().ShouldBe(PathOf("out.png"));
        Directory.GetFiles(PathOf("log")).ShouldHaveSingleItem();
    }

    [Fact]
    public void an_audit_takes_the_place_of_nothing_unless_asked()
    {
        var picture = Save("a.png");
        var notes = PathOf("notes.txt");
        var audit = PathOf("audit.jsonl");
        var target = PathOf("b.png");
        foreach (var text in (string[])["mine\n", "{\"type\":\"region\"}\n", "[1]", "{"])
        {
            File.WriteAllText(notes, text);
            Blur(picture, "--out", target, "--audit", notes).ShouldBeRefused("notes.txt: already exists");
            File.ReadAllText(notes).ShouldBe(text);
        }

        Blur(picture, "--out", target, "--audit", audit).ExitCode.ShouldBe(0);
        var first = File.ReadAllText(audit);
        Blur(picture, "--out", target, "--audit", audit).ShouldBeRefused("audit.jsonl: already exists", "--resume");
        File.ReadAllText(audit).ShouldBe(first);
        Blur(picture, "--out", target, "--audit", notes, "--overwrite").ExitCode.ShouldBe(0);
        File.ReadAllText(notes).ShouldStartWith("{\"type\":\"header\"");
    }

    [Fact]
    public void an_audit_over_a_picture_or_in_an_impossible_place_is_refused()
    {
        var picture = Save("a.png");
        Blur(picture, "--out", PathOf("b.png"), "--audit", picture).ShouldBeRefused("--audit", "choose another");
        Blur(picture, "--out", PathOf("b.png"), "--audit", PathOf("b.png")).ShouldBeRefused("--audit");

        var call = Blur(picture, "--out", PathOf("b.png"), "--audit", Path.Combine(picture, "x.jsonl"));
        call.ExitCode.ShouldBe(2);
        call.Faults.ShouldHaveSingleItem().ShouldContain("x.jsonl: cannot be written");
        File.Exists(PathOf("b.png")).ShouldBeFalse();
    }

    [Fact]
    public void a_target_recall_takes_its_threshold_and_tells_the_cost()
    {
        var picture = Save("a.png");
        var model = Measured();

        CliCall Run(params string[] args) =>
            CliCall.Run(["blur", picture, "--out", PathOf("b.png"), "--overwrite", "--model", model, .. args]);

        Run().Error.ShouldStartWith("threshold 0.6: finds 0.96 of the faces, with 0.5 false alarms per image\n");
        Run("--target-recall", "0.99").Error
            .ShouldStartWith("threshold 0.001: finds 0.995 of the faces (as measured on squares), with 12 false");
        Run("--target-recall", "0.99").Error.ShouldContain("2 regions masked");
        Run("--target-recall", "0.999").ShouldBeRefused("0.999", "0.96, 0.995", "tiny");
        Run("--min-score", "0.7").Error.ShouldStartWith("threshold 0.7: the share");
        Run("--min-score", "0.7", "--target-recall", "0.9").ShouldBeRefused("give one of them");
        Run("--target-recall", "0.9").Error.ShouldNotContain("weaker");
        Run("--min-score", "0.7").Error.ShouldContain(
            "that is less than the default, which hides 0.96 of the faces (threshold 0.6)");
        Blur(picture, "--out", PathOf("c.png"), "--target-recall", "0.9").ShouldBeRefused("ships no operating points");
    }

    [Fact]
    public void no_document_or_example_hides_fewer_faces_than_the_default()
    {
        var model = ModelManifestFile.Read(RepositoryRoot.Combine("models", ModelBundle.DefaultName,
            ModelManifestFile.FileName));
        var usual = FaceLoupe.Anonymising.ThresholdChoice.Of(model).Point.ShouldNotBeNull().Recall;
        var texts = Documents.All().Select(document => File.ReadAllText(RepositoryRoot.Combine(document)));
        var recalls = texts.SelectMany(text =>
            System.Text.RegularExpressions.Regex.Matches(text, @"--target-recall (0\.\d+)"))
            .Select(match => float.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))
                .ToArray();

        recalls.ShouldNotBeEmpty();
        recalls.ShouldAllBe(recall => recall >= usual);
    }

    [Fact]
    public async Task the_audit_goes_into_a_device_and_does_not_replace_it()
    {
        Assert.SkipUnless(Directory.Exists("/dev/fd"), "There is no /dev/fd here.");
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        var device = $"/dev/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}";

        Blur(Save("a.png"), "--out", PathOf("b.png"), "--audit", device).ExitCode.ShouldBe(0);

        pipe.DisposeLocalCopyOfClientHandle();
        using var reader = new StreamReader(pipe);
        (await reader.ReadLineAsync()).ShouldNotBeNull().ShouldStartWith("{\"type\":\"header\"");
    }

    // The tiny model with two operating points.
    private string Measured()
    {
        var folder = Directory.CreateDirectory(PathOf("model")).FullName;
        foreach (var file in Directory.GetFiles(Folder))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        var path = Path.Combine(folder, ModelManifestFile.FileName);
        var manifest = ModelManifestFile.Read(path);
        OperatingPoint[] points =
        [
            new() { Recall = 0.96f, Threshold = 0.6f, FalseAlarmsPerPicture = 0.5f },
            new() { Recall = 0.995f, Threshold = 0.001f, FalseAlarmsPerPicture = 12, MeasuredOn = "squares" },
        ];
        var detection = manifest.Detection with { OperatingPoints = points };
        ModelManifestFile.Write(manifest with { Detection = detection }, path);
        return folder;
    }
}
