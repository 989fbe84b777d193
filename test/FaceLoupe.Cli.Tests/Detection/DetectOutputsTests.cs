using FaceLoupe.Cli.Terminal;
using static FaceLoupe.Cli.Tests.Detection.DetectScenes;

namespace FaceLoupe.Cli.Tests.Detection;

public sealed class DetectOutputsTests : IDisposable
{
    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    public static TheoryData<string, string> Formats => new()
    {
        { "json", "faces.json" }, { "jsonl", "faces.jsonl" }, { "csv", "faces.csv" }, { "coco", "faces.json" },
        { "yolo", "faces" }, { "voc", "faces" }, { "wider", "faces" },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void a_resumed_run_looks_only_at_what_is_not_finished_and_ends_as_an_unbroken_one(string format, string name)
    {
        string[] names = ["a.png", "b, b.png", "c.png", "d.png"];
        Array.ForEach(names, picture => _scenes.Save($"p/{picture}", face: picture != "c.png"));
        string[] call = [_scenes.PathOf("p"), "--format", format, "--resume", "--out"];
        Detect([.. call, _scenes.PathOf($"whole/{name}")]).ExitCode.ShouldBe(0);

        // The first run cannot read two of the images; the second one finds them repaired.
        var (second, third) = (_scenes.PathOf("p/b, b.png"), _scenes.PathOf("p/c.png"));
        byte[] sound = File.ReadAllBytes(second), faceless = File.ReadAllBytes(third);
        File.WriteAllText(second, "");
        File.WriteAllText(third, "");
        Detect([.. call, _scenes.PathOf($"out/{name}")]).ExitCode.ShouldBe(1);
        File.WriteAllBytes(second, sound);
        File.WriteAllBytes(third, faceless);

        // Finished images are not even opened.
        File.WriteAllText(_scenes.PathOf("p/a.png"), "no image any more");
        var resumed = Detect([.. call, _scenes.PathOf($"out/{name}")]);

        resumed.ExitCode.ShouldBe(0, resumed.Error);
        resumed.Error.ShouldContain("in 2 images");
        resumed.Error.ShouldContain("; 2 images finished before");
        _scenes.FilesIn("out").ShouldBe(_scenes.FilesIn("whole"));
        foreach (var file in _scenes.FilesIn("whole"))
        {
            Lines($"out/{file}").ShouldBe(Lines($"whole/{file}"));
        }

        // With nothing left to do, nothing changes and the exit code is 0.
        var again = Detect([.. call, _scenes.PathOf($"out/{name}")]);
        (again.ExitCode, again.Output).ShouldBe((0, ""));
        Lines($"out/{_scenes.FilesIn("out")[0]}").ShouldBe(Lines($"whole/{_scenes.FilesIn("whole")[0]}"));

        // JSON lines are in the order in which images were finished.
        string[] Lines(string file) => [.. File.ReadAllLines(_scenes.PathOf(file)).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void a_line_that_was_cut_short_is_written_anew()
    {
        var (a, b) = (_scenes.Save("a.png"), _scenes.Save("b.png"));
        var file = _scenes.PathOf("faces.jsonl");
        string[] call = [a, b, "--format", "jsonl", "--resume", "--out", file];
        Detect(call).ExitCode.ShouldBe(0);
        var whole = File.ReadAllText(file);
        File.WriteAllText(file, whole[..^9]);

        var resumed = Detect(call);

        resumed.Error.ShouldContain("1 image finished before");
        File.ReadAllText(file).ShouldBe(whole);
        File.WriteAllText(file, "no JSON\n" + whole);
        Detect(call).ShouldBeRefused("faces.jsonl, line 1", "not JSON");
    }

    [Fact]
    public void without_resume_a_run_starts_anew()
    {
        var (a, b) = (_scenes.Save("a.png"), _scenes.Save("b.png"));
        var file = _scenes.PathOf("faces.jsonl");
        Detect(a, "--format", "jsonl", "--out", file).ExitCode.ShouldBe(0);
        Detect(b, "--format", "jsonl", "--out", file).ExitCode.ShouldBe(0);
        File.ReadAllLines(file).ShouldHaveSingleItem().ShouldContain("b.png");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void outputs_of_the_wrong_kind_are_refused_before_anything_is_done(string format, string name)
    {
        var picture = _scenes.Save("a.png");
        var before = File.ReadAllBytes(picture);
        if (name.Contains('.', StringComparison.Ordinal))
        {
            Detect(picture, "--format", format, "--out", _scenes.Folder).ShouldBeRefused("is a folder");
            Detect(picture, "--format", format, "--out", picture).ShouldBeRefused("would overwrite the input");
        }
        else
        {
            Detect(picture, "--format", format, "--out", picture).ShouldBeRefused("is a file; give a folder");
        }

        Detect(picture, "--format", format, "--out", Path.Combine(picture, "below"))
            .ShouldBeRefused("cannot be written");
        Detect(picture, "--crops", picture).ShouldBeRefused("--crops", "is a file");
        File.ReadAllBytes(picture).ShouldBe(before);
        Directory.GetFiles(_scenes.Folder).ShouldBe([picture]);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("jsonl")]
    [InlineData("csv")]
    [InlineData("coco")]
    public void a_full_disk_is_reported_in_one_line(string format)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");
        string[] pictures = [_scenes.Save("a.png"), _scenes.Save("b.png"), _scenes.Save("c.png")];

        var call = Detect([.. pictures, "--format", format, "--out", "/dev/full", "--quiet"]);

        (call.ExitCode, call.Output).ShouldBe((2, ""));
        call.Error.Split('\n').Length.ShouldBe(2);
        call.Error.ShouldStartWith(
            "faceloupe: /dev/full: cannot be written: no space left on device; make room or give");
        File.Exists("/dev/full.partial.jsonl").ShouldBeFalse();
    }

    [Fact]
    public void a_device_is_written_to_and_not_replaced()
    {
        Assert.SkipUnless(File.Exists("/dev/null"), "There is no /dev/null here.");
        Detect(_scenes.Save("a.png"), "--json", "/dev/null").ExitCode.ShouldBe(0);
        File.OpenRead("/dev/null").ReadByte().ShouldBe(-1);
    }

    [Fact]
    public void a_folder_that_may_not_be_written_stops_the_run_and_keeps_what_is_finished()
    {
        string[] pictures = [_scenes.Save("a.png"), _scenes.Save("b.png"), _scenes.Save("c.png")];
        Directory.CreateDirectory(_scenes.PathOf("crops/b_0001.png"));

        var call = Detect([.. pictures, "--crops", _scenes.PathOf("crops"), "--json", _scenes.PathOf("faces.json")]);

        call.ExitCode.ShouldBe(1);
        call.Faults.ShouldHaveSingleItem().ShouldContain("b_0001.png: cannot be written");
        File.ReadAllText(_scenes.PathOf("faces.json.partial.jsonl")).ShouldContain("a.png");
        Directory.Delete(_scenes.PathOf("crops/b_0001.png"));
        var resumed = Detect(
            [.. pictures, "--crops", _scenes.PathOf("crops"), "--json", _scenes.PathOf("faces.json"), "--resume"]);
        resumed.ExitCode.ShouldBe(0, resumed.Error);
        _scenes.FilesIn("crops").ShouldBe(["a_0001.png", "b_0001.png", "c_0001.png"]);
        File.Exists(_scenes.PathOf("faces.json.partial.jsonl")).ShouldBeFalse();
    }

    [Fact]
    public void quiet_runs_tell_faults_only()
    {
        var (good, bad) = (_scenes.Save("a.png"), _scenes.Write("b.png", ""));
        Detect(good, "--quiet").Error.ShouldBe("");
        Detect(good, bad, "-q").Error.Split('\n').ShouldBe(
            [$"faceloupe: {bad}: the file is empty; a JPEG, PNG, WebP, BMP, GIF, HEIC, AVIF, TIFF, "
                + "JPEG XL or JPEG 2000 image was expected.", ""]);
    }

    [Fact]
    public void a_summary_tells_the_pace()
    {
        _scenes.Save("a.png");
        _scenes.Save("b.png", face: false);
        Detect(_scenes.Folder).Error.Split('\n')[^2].ShouldMatch(
            @"^1 face in 2 images, \d+\.\d s, \d+\.\d images/s; 0 inputs failed$");
    }
}
