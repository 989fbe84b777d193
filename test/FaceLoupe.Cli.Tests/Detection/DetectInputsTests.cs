using FaceLoupe.Cli.Terminal;
using static FaceLoupe.Cli.Tests.Detection.DetectScenes;

namespace FaceLoupe.Cli.Tests.Detection;

public sealed class DetectInputsTests : IDisposable
{
    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Fact]
    public void subfolders_are_searched_when_asked_for()
    {
        _scenes.Save("p/a.png");
        _scenes.Save("p/q/r/b.png");

        _scenes.Images(Detect(_scenes.PathOf("p"))).ShouldBe(["p/a.png"]);
        _scenes.Images(Detect(_scenes.PathOf("p"), "--recursive")).ShouldBe(["p/a.png", "p/q/r/b.png"]);
        _scenes.Images(Detect(_scenes.PathOf("p"), "-r")).Length.ShouldBe(2);
    }

    [Fact]
    public void folders_that_results_go_into_are_no_inputs()
    {
        _scenes.Save("p/a.png");
        string[] call =
        [
            _scenes.PathOf("p"), "-r", "--annotate", _scenes.PathOf("p/out"), "--crops", _scenes.PathOf("p/crops"),
        ];

        Detect(call).ExitCode.ShouldBe(0);
        var again = Detect(call);

        again.ExitCode.ShouldBe(0, again.Error);
        _scenes.Images(again).ShouldBe(["p/a.png"]);
    }

    [Theory]
    [InlineData("*.png", "a.png")]
    [InlineData("**/*.png", "a.png", "q/[x].png", "q/b.png", "q/r/c d.png")]
    [InlineData("q/**", "q/B.jpg", "q/[x].png", "q/b.png", "q/r/c d.png")]
    [InlineData("?/*.*g", "q/B.jpg", "q/[x].png", "q/b.png")]
    [InlineData("[pq]/[!c-z]*.png", "q/[x].png", "q/b.png")]
    [InlineData("q/[x].png", "q/[x].png")]
    [InlineData("*/r/c d.*", "q/r/c d.png")]
    public void patterns_stand_for_pictures(string pattern, params string[] found)
    {
        foreach (var name in (string[])["a.png", "q/b.png", "q/B.jpg", "q/r/c d.png", "q/[x].png"])
        {
            _scenes.Save(name);
        }

        _scenes.Write("q/notes.txt", "no image");

        var call = Detect(_scenes.PathOf(pattern));

        call.ExitCode.ShouldBe(0, call.Error);
        _scenes.Images(call).ShouldBe(found);
    }

    [Theory]
    [InlineData("*.jpg", "no file matches")]
    [InlineData("nowhere/*.png", "no file matches")]
    [InlineData("*.txt", "no file matches")]
    [InlineData("[z-a].png", "between '[' and ']'")]
    public void a_pattern_that_stands_for_nothing_is_reported(string pattern, string reported)
    {
        _scenes.Save("a.png");
        _scenes.Write("a.txt", "");
        Detect(_scenes.PathOf(pattern)).ShouldBeRefused(pattern.Split('/')[^1], reported);
    }

    [Fact]
    public void a_picture_that_several_inputs_stand_for_is_looked_at_once()
    {
        var picture = _scenes.Save("a.png");
        _scenes.Images(Detect(picture, _scenes.Folder, picture, _scenes.PathOf("*.png"))).ShouldBe(["a.png"]);
    }

    [Fact]
    public void a_file_lists_inputs_of_any_name()
    {
        string[] names = ["a.png", "b c.png", "ü 写真.png", "@d.png", "#e.png", "[f].png"];
        var list = _scenes.Write("list.txt", string.Join("\r\n", names.Select(name => _scenes.Save(name))) + "\n\n");

        _scenes.Images(Detect("--list", list)).ShouldBe(names);
        _scenes.Images(Detect(File.ReadAllBytes(list), "--list", "-")).ShouldBe(names);
        _scenes.Images(Detect(_scenes.Save("z.png"), "--list", list)).ShouldBe(["z.png", .. names]);
    }

    [Fact]
    public void a_list_that_cannot_be_used_is_refused()
    {
        Detect("--list", _scenes.PathOf("none.txt")).ShouldBeRefused("--list", "none.txt", "cannot be read");
        Detect("--list", _scenes.Write("empty.txt", "\n")).ShouldBeRefused("lists nothing");
        Detect("--list", _scenes.Folder).ShouldBeRefused("cannot be read");
        Detect("--list", _scenes.Write("print0.txt", "a.png\0b.png\0")).ShouldBeRefused(
            "print0.txt, line 1: holds a zero byte", "-print instead of -print0");
        Detect("-", "--list", "-").ShouldBeRefused("Standard input", "not both");
    }

    [Fact]
    public void a_picture_may_come_from_standard_input()
    {
        var bytes = File.ReadAllBytes(_scenes.Save("a.png"));

        var call = Detect(bytes, "-", "--crops", _scenes.PathOf("crops"), "--annotate", _scenes.PathOf("marked"));

        call.ExitCode.ShouldBe(0, call.Error);
        var image = call.Json.GetProperty("images").EnumerateArray().ShouldHaveSingleItem();
        (image.GetProperty("image").GetString(), image.GetProperty("faces").GetArrayLength()).ShouldBe(("-", 1));
        _scenes.FilesIn("crops").ShouldBe(["stdin_0001.png"]);
        _scenes.FilesIn("marked").ShouldBe(["stdin.png"]);
        Detect([], "-").ShouldBeRefused("standard input", "empty");
        Detect([1, 2, 3], "-").ShouldBeRefused("standard input", "not an image");
    }

    [Fact]
    public void every_kind_of_bad_picture_is_reported_in_a_line_and_does_not_stop_the_batch()
    {
        string[] bad =
        [
            _scenes.Write("text.png", "no image"), _scenes.Write("zero.jpg", ""), Huge("huge.png"),
            _scenes.PathOf("none.png"),
        ];
        var good = _scenes.Save("good.png");

        var call = Detect([.. bad, good]);

        call.ExitCode.ShouldBe(1, call.Error);
        _scenes.Images(call).ShouldBe(["good.png"]);
        call.Faults.Length.ShouldBe(bad.Length);
        foreach (var (path, fault) in bad.Zip(call.Faults))
        {
            fault.ShouldStartWith($"faceloupe: {path}: ");
        }

        call.Faults[2].ShouldContain("65536x65536 pixels are more than can be read");
        call.Error.ShouldContain("1 face in 1 image, ");
        call.Error.ShouldContain("; 4 inputs failed");
    }

    [Fact]
    public void a_picture_that_may_not_be_read_is_reported()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Needs a user that Unix permissions bind.");
            return;
        }

        var picture = _scenes.Save("a.png");
        File.SetUnixFileMode(picture, UnixFileMode.None);
        Detect(picture).ShouldBeRefused(picture, "permission denied");
    }

    [Fact]
    public void links_that_lead_in_a_circle_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links want a privilege there.");
        _scenes.Save("p/a.png");
        Directory.CreateSymbolicLink(_scenes.PathOf("p/round"), _scenes.PathOf("p"));

        _scenes.Images(Detect(_scenes.PathOf("p"), "-r")).ShouldBe(["p/a.png"]);
        _scenes.Images(Detect(_scenes.PathOf("p/**/*.png"))).ShouldBe(["p/a.png"]);
    }

    [Fact]
    public void small_faces_can_be_left_out()
    {
        var picture = _scenes.Save("a.png");
        Faces("8").ShouldBe(1); // above that the tiny model, which knows exact sizes only, would see another size
        Faces("17.5").ShouldBe(0);
        CliCall.Run("detect", picture, "--min-face", "-1").ShouldBeRefused("--min-face is '-1'");

        int Faces(string least) => Detect(picture, "--min-face", least).Json.GetProperty("images")[0]
            .GetProperty("faces").GetArrayLength();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void results_come_in_order_however_many_are_read_ahead(int jobs)
    {
        string[] names = [.. Enumerable.Range(0, 5).Select(i => $"{i}.png")];
        Array.ForEach(names, name => _scenes.Save(name));
        _scenes.Write("2.png", "no image");

        var call = Detect(_scenes.Folder, "--jobs", $"{jobs}");

        call.ExitCode.ShouldBe(1, call.Error);
        _scenes.Images(call).ShouldBe(["0.png", "1.png", "3.png", "4.png"]);
    }

    // A small PNG file, sound but for the size that its header claims.
    private string Huge(string name)
    {
        var path = _scenes.PathOf(name);
        File.WriteAllBytes(path, Convert.FromHexString(
            "89504E470D0A1A0A0000000D4948445200010000000100000802000000E3E6A7B40000000C494441"
            + "54789C6360A03D00000064000186643C350000000049454E44AE426082"));
        return path;
    }
}
