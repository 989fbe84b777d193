using FaceLoupe.Cli.Terminal;
using FaceLoupe.Cli.Tests.Detection;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;
using FaceLoupe.Tests.Imaging;
using ImageMagick;

namespace FaceLoupe.Cli.Tests.Blurring;

/// <summary>Every image of a folder is processed or reported, whatever its format.</summary>
public sealed class BlurFormatsTests : IDisposable
{
    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Fact]
    public void pictures_of_every_format_and_ending_are_masked()
    {
        Scene("in/a.jpg", "in/b.jfif", MagickFormat.Jpeg);
        Scene("in/a.jpg", "in/c.jpe", MagickFormat.Jpeg);
        Scene("in/a.jpg", "in/d.mpo", MagickFormat.Jpeg);
        Scene("in/a.jpg", "in/e", MagickFormat.Jpeg);
        Scene("in/a.jpg", "in/f.dib", MagickFormat.Bmp);
        Scene("in/a.jpg", "in/g.tif", MagickFormat.Tiff);
        Scene("in/a.jpg", "in/h.avif", MagickFormat.Avif);
        Scene("in/a.jpg", "in/i.jp2", MagickFormat.Jp2);
        Scene("in/a.jpg", "in/j.jxl", MagickFormat.Jxl);
        Scene("in/a.jpg", "in/k.dat", MagickFormat.Png);
        File.WriteAllBytes(_scenes.PathOf("in/l.heic"), TestPictures.ReferenceBytes("cells.heic"));
        _scenes.Write("in/notes.txt", "no image");

        var call = Blur("in", "out");

        call.ExitCode.ShouldBe(0, call.Error);
        _scenes.FilesIn("out").ShouldBe(
        [
            "a.jpg", "b.png", "c.png", "d.png", "e.png", "f.png", "g.png", "h.png", "i.png", "j.png", "k.png", "l.png",
        ]);
        PictureFile.Read(_scenes.PathOf("out/l.png")).ShouldBeNear(TestPictures.Cells(), tolerance: 12, border: 3);
    }

    [Theory]
    [InlineData("b.heic")]
    [InlineData("b.tiff")]
    [InlineData("b.cr2")]
    [InlineData("b.jfif")]
    public void a_picture_that_cannot_be_read_is_named_and_counted(string name)
    {
        _scenes.Save("in/a.png");
        _scenes.Write($"in/{name}", "damaged");

        var call = Blur("in", "out");

        call.ExitCode.ShouldBe(1);
        call.Faults.ShouldHaveSingleItem().ShouldContain($"{name}: not an image that can be read");
        call.Error.ShouldContain("; 1 input failed");
    }

    [Fact]
    public void originals_that_are_not_replaced_are_reported_and_counted()
    {
        _scenes.Save("in/a.png");
        Scene("in/x.png", "in/b.gif", MagickFormat.Gif);
        Scene("in/x.png", "in/sub/c.bmp", MagickFormat.Bmp);
        File.Delete(_scenes.PathOf("in/x.png"));

        var call = Blur("in", "in", "--overwrite", "--recursive");

        call.ExitCode.ShouldBe(1, call.Error);
        call.Faults.Length.ShouldBe(2);
        call.Faults[0].ShouldStartWith(
            $"faceloupe: {_scenes.PathOf("in/b.gif")}: was not replaced and still shows its faces");
        call.Faults[1].ShouldContain("c.bmp: was not replaced");
        call.Error.ShouldContain("; 0 inputs failed; 2 originals not replaced, with visible faces");
        _scenes.FilesIn("in").ShouldBe(["a.png", "b.gif", "b.png", "sub/c.bmp", "sub/c.png"]);
    }

    [Fact]
    public void originals_that_are_not_replaced_are_reported_by_quiet_runs_and_by_those_that_go_on()
    {
        _scenes.Save("x.png");
        Scene("x.png", "in/b.gif", MagickFormat.Gif);
        var reported = $"faceloupe: {_scenes.PathOf("in/b.gif")}: was not replaced and still shows its faces";

        var quiet = Blur("in/b.gif", "in", "--quiet");
        var again = Blur("in/b.gif", "in", "--resume");

        (quiet.ExitCode, again.ExitCode).ShouldBe((1, 1));
        quiet.Error.ShouldStartWith(reported);
        again.Faults.ShouldHaveSingleItem().ShouldStartWith(reported);
        again.Error.ShouldContain("1 file finished by an earlier run");
    }

    [Fact]
    public void originals_elsewhere_stay_without_a_word()
    {
        Scene("x.png", "in/b.gif", MagickFormat.Gif);
        var call = Blur("in", "in/masked");
        (call.ExitCode, call.Faults.Length).ShouldBe((0, 0), call.Error);
        Blur("in/b.gif", "in/named.png").ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("out.gif")]
    [InlineData("out.tiff")]
    [InlineData("out.heic")]
    public void a_name_of_a_format_that_is_only_read_is_no_folder(string target)
    {
        var picture = _scenes.Save("in/a.png");
        var other = _scenes.Save("in/b.png");
        string[][] calls =
        [
            ["detect", picture, "--annotate"], ["detect", picture, other, "--annotate"], ["detect", picture, "--crops"],
            ["detect", picture, "--format", "yolo", "--out"], ["detect", picture, "--super-resolve"],
            ["blur", picture, "--out"], ["blur", picture, other, "--out"], ["enhance", picture, "--out"],
        ];
        foreach (var call in calls)
        {
            CliCall.Run([.. call, _scenes.PathOf(target), "--model", TinyModel.Folder]).ShouldBeRefused(target);
            Path.Exists(_scenes.PathOf(target)).ShouldBeFalse();
        }

        Blur("in", target + "/").ExitCode.ShouldBe(0);
        Directory.Exists(_scenes.PathOf(target)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(220)]
    [InlineData(255)]
    public void names_may_be_as_long_as_the_file_system_takes_them(int bytes)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There the whole path has a limit.");
        var name = new string('n', bytes - 4) + ".png";
        _scenes.Save("x.png");
        Directory.CreateDirectory(_scenes.PathOf("in"));
        File.Copy(_scenes.PathOf("x.png"), _scenes.PathOf("in/" + name));

        Blur("in", "out").ExitCode.ShouldBe(0);
        var call = CliCall.Run(
            "detect", _scenes.PathOf("in"), "--annotate", _scenes.PathOf("marked"), "--format", "yolo", "--out",
            _scenes.PathOf("labels"), "--model", TinyModel.Folder);

        call.ExitCode.ShouldBe(0, call.Error);
        _scenes.FilesIn("out").ShouldBe([name]);
        _scenes.FilesIn("marked").ShouldBe([name]);
        _scenes.FilesIn("labels").ShouldBe([Path.ChangeExtension(name, ".txt")]);
    }

    [Fact]
    public void a_name_that_leaves_no_room_for_a_face_s_number_fails_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There the whole path has a limit.");
        _scenes.Save("in/a.png");
        File.Copy(_scenes.PathOf("in/a.png"), _scenes.PathOf($"in/{new string('n', 251)}.png"));
        _scenes.Save("in/z.png");

        var call = CliCall.Run(
            "detect", _scenes.PathOf("in"), "--crops", _scenes.PathOf("crops"), "--model", TinyModel.Folder);

        call.ExitCode.ShouldBe(1, call.Error);
        call.Faults.ShouldHaveSingleItem().ShouldContain("a part of it is longer than 255 bytes");
        _scenes.FilesIn("crops").ShouldBe(["a_0001.png", "z_0001.png"]);
    }

    [Theory]
    [InlineData("blur", "--out")]
    [InlineData("detect", "--annotate")]
    [InlineData("detect", "--format", "xmp", "--out")]
    [InlineData("detect", "--format", "yolo", "--out")]
    [InlineData("detect", "--format", "voc", "--out")]
    [InlineData("detect", "--format", "wider", "--out")]
    public void a_name_that_leaves_no_room_for_another_ending_fails_alone(string verb, params string[] options)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There the whole path has a limit.");
        _scenes.Save("in/a.png");
        var name = options.Contains("xmp") ? new string('n', 251) + ".png" : new string('n', 255);
        File.Copy(_scenes.PathOf("in/a.png"), _scenes.PathOf($"in/{name}"));
        _scenes.Save("in/z.png");

        var call = CliCall.Run(
            [verb, _scenes.PathOf("in"), .. options, _scenes.PathOf("out"), "--model", TinyModel.Folder]);

        call.ExitCode.ShouldBe(1, call.Error);
        call.Faults.ShouldHaveSingleItem().ShouldContain("a part of it is longer than 255 bytes");
        call.Error.ShouldContain("1 input", Case.Sensitive);
        _scenes.FilesIn("out").Select(file => file[..1]).Except(["r"]).ShouldBe(["a", "z"]);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("coco")]
    [InlineData("jsonl")]
    public void documents_may_have_names_as_long_as_the_file_system_takes_them(string format)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There the whole path has a limit.");
        var picture = _scenes.Save("a.png");
        var document = _scenes.PathOf("out/" + new string('n', 250));

        string[] line = ["detect", picture, "--format", format, "--out", document, "--model", TinyModel.Folder];
        var call = CliCall.Run(line);

        call.ExitCode.ShouldBe(0, call.Error);
        _scenes.FilesIn("out").ShouldBe([Path.GetFileName(document)]);
        var again = CliCall.Run([.. line, "--resume"]);
        again.ExitCode.ShouldBe(0, again.Error);
        again.Error.ShouldContain("1 image finished before");
    }

    [Fact]
    public void reports_of_blur_may_have_names_as_long_as_the_file_system_takes_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There the whole path has a limit.");
        _scenes.Save("a.png");
        var (audit, page) = (_scenes.PathOf(new string('l', 255)), _scenes.PathOf(new string('r', 255)));

        var call = Blur("a.png", "b.png", "--audit", audit, "--review", page);

        call.ExitCode.ShouldBe(0, call.Error);
        (File.Exists(audit), File.Exists(page)).ShouldBe((true, true));
        Blur("a.png", "b.png", "--audit", audit, "--resume").ExitCode.ShouldBe(0);
    }

    private CliCall Blur(string input, string target, params string[] options) => CliCall.Run(
        ["blur", _scenes.PathOf(input), "--out", _scenes.PathOf(target), "--model", TinyModel.Folder, .. options]);

    private void Scene(string saved, string name, MagickFormat format)
    {
        using var image = new MagickImage(_scenes.Save(saved));
        Directory.CreateDirectory(Path.GetDirectoryName(_scenes.PathOf(name))!);
        image.Quality = 98;
        image.Write(_scenes.PathOf(name), format);
    }
}
