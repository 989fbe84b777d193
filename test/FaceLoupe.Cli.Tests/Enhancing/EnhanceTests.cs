using System.Text.Json;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Cli.Tests.Enhancing;

public sealed class EnhanceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-cli-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void a_sharper_version_gives_the_real_crops_and_the_figures()
    {
        var (small, large) = (Save("small.png", 1), Save("large.png", 4));

        var call = Enhance(small, "--reference", large, "--files");

        call.ExitCode.ShouldBe(0, call.Error);
        call.Output.ShouldStartWith(
            "1 face with a real crop to compare with (mean)\n            PSNR, dB     SSIM\nbicubic");
        var report = Report();
        report.GetProperty("measuredFaces").GetInt32().ShouldBe(1);
        var face = report.GetProperty("images")[0].GetProperty("faces")[0];
        var quality = face.GetProperty("quality");
        foreach (var (method, file) in new[] { ("bicubic", "bicubic"), ("upsampled", "G1"), ("refined", "G1-G2") })
        {
            var (picture, real) = (Read($"out/small/001-{file}.png"), Read("out/small/001-real.png"));
            quality.GetProperty(method).GetProperty("psnr").GetDouble()
                .ShouldBe(PictureQuality.Psnr(picture, real), 0.006);
            quality.GetProperty(method).GetProperty("ssim").GetDouble()
                .ShouldBe(PictureQuality.Ssim(picture, real), 0.00006);
        }

        face.GetProperty("width").GetDouble().ShouldBe(8, 0.01);
        Files("out/small").ShouldBe(["001-G1-G2.png", "001-G1.png", "001-bicubic.png", "001-low.png", "001-real.png"]);
        Size("out/small/001-low.png").ShouldBe((8, 8));
        Size("out/small/001-real.png").ShouldBe((32, 32));
        Size("out/small-faces.png").ShouldBe(((5 * 36) + 4, 22 + 36 + 4));
    }

    [Fact]
    public void without_a_sharper_version_there_are_four_columns_and_no_figures()
    {
        var call = Enhance(Save("small.png", 1));

        call.ExitCode.ShouldBe(0, call.Error);
        call.Output.ShouldContain("no real crop of any face");
        Report().GetProperty("measuredFaces").GetInt32().ShouldBe(0);
        Size("out/small-faces.png").ShouldBe(((4 * 36) + 4, 22 + 36 + 4));
    }

    [Fact]
    public void a_large_face_is_its_own_real_crop()
    {
        // 16 px with context are 32, as many as the generator makes.
        PictureFile.Write(Scene(100, 90, (Square(16, 2, 3), White)), PathOf("large.png"));

        Enhance(PathOf("large.png")).ExitCode.ShouldBe(0);

        Report().GetProperty("measuredFaces").GetInt32().ShouldBe(1);
    }

    [Fact]
    public void captions_stand_above_the_columns()
    {
        Enhance(Save("small.png", 1)).ExitCode.ShouldBe(0);

        var sheet = PictureFile.Read(PathOf("out/small-faces.png"));
        for (var column = 0; column < 4; column++)
        {
            var left = 4 + (36 * column);
            var bright = Enumerable.Range(0, 22)
                .SelectMany(y => Enumerable.Range(left, 32).Select(x => sheet.Pixels[sheet.OffsetOf(x, y)]))
                .Count(value => value > 128);
            bright.ShouldBeGreaterThan(5, $"column {column}");
        }
    }

    [Fact]
    public void one_bad_input_does_not_stop_the_others()
    {
        File.WriteAllText(PathOf("bad.png"), "no image");

        var call = Enhance(PathOf("bad.png"), Save("small.png", 1));

        call.ExitCode.ShouldBe(1);
        call.Faults.ShouldHaveSingleItem().ShouldContain("bad.png");
        Report().GetProperty("errors").GetArrayLength().ShouldBe(1);
        Report().GetProperty("images").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public void a_picture_without_faces_has_no_sheet()
    {
        PictureFile.Write(Scene(100, 90), PathOf("empty.png"));

        Enhance(PathOf("empty.png")).ExitCode.ShouldBe(0);

        Files("out").ShouldBe(["enhance.json"]);
        Report().GetProperty("images")[0].GetProperty("sheet").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void pictures_of_one_name_get_sheets_of_their_own()
    {
        Enhance(Save("a/x.png", 1), Save("b/x.png", 1)).ExitCode.ShouldBe(0);

        Files("out").ShouldBe(["enhance.json", "x-2-faces.png", "x-faces.png"]);
    }

    [Fact]
    public void an_input_named_like_a_sheet_stays()
    {
        var (first, second) = (Save("in/x.png", 1), Save("in/x-faces.png", 2));
        var before = File.ReadAllBytes(second);

        CliCall.Run("enhance", PathOf("in"), "--out", PathOf("in"), "--model", Folder).ExitCode.ShouldBe(0);

        File.ReadAllBytes(second).ShouldBe(before);
        File.Exists(PathOf("in/x-2-faces.png")).ShouldBeTrue();
        File.Exists(first).ShouldBeTrue();
    }

    [Fact]
    public void what_cannot_be_meant_is_refused()
    {
        var small = Save("small.png", 1);
        CliCall.Run("enhance", small, small, "--out", PathOf("out"), "--reference", small)
            .ShouldBeRefused("is a version of one image");
        CliCall.Run("enhance", small, "--out", small, "--model", Folder).ShouldBeRefused("is a file; give a folder");
        CliCall.Run("enhance", small, "--out", PathOf("out"), "--faces", "0")
            .ShouldBeRefused("--faces is '0', not a whole number from 1 to 400");
        CliCall.Run("enhance", small).ShouldBeRefused("--out");
        CliCall.Run("enhance", small, "--outt", PathOf("out"), "--out", PathOf("out"))
            .ShouldBeRefused("no option '--outt'");
        Directory.Exists(PathOf("out")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(100, 90)]
    [InlineData(200, 100)]
    public void a_reference_that_is_no_enlargement_is_refused(int width, int height)
    {
        PictureFile.Write(new Picture(width, height), PathOf("other.png"));

        var call = Enhance(Save("small.png", 1), "--reference", PathOf("other.png"));

        call.ExitCode.ShouldBe(2);
        call.Faults.ShouldHaveSingleItem().ShouldContain("is not an enlargement of the input's 100x90 px");
    }

    private CliCall Enhance(params string[] arguments) =>
        CliCall.Run(["enhance", .. arguments, "--out", PathOf("out"), "--model", Folder, "--threads", "1"]);

    /// <summary>A scene with a face of 8 px, enlarged.</summary>
    private string Save(string name, int factor)
    {
        Box face = Square(8, 5, 6);
        PictureFile.Write(Scene(100 * factor, 90 * factor, (face.Scale(factor), White)), PathOf(name));
        return PathOf(name);
    }

    private Picture Read(string name) => PictureFile.Read(PathOf(name));

    private JsonElement Report() => JsonElement.Parse(File.ReadAllText(PathOf("out/enhance.json")));

    private (int Width, int Height) Size(string name)
    {
        var picture = Read(name);
        return (picture.Width, picture.Height);
    }

    private string[] Files(string name) =>
        [.. Directory.GetFiles(PathOf(name)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
