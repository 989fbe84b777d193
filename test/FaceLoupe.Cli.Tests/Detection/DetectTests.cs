using System.Text.Json;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Cli.Tests.Detection;

public sealed class DetectTests : IDisposable
{
    private static readonly Box First = Square(16, 2, 3);
    private static readonly Box Fake = Square(16, 7, 6);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-cli-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void a_picture_becomes_one_document()
    {
        var picture = Save("a.png");

        var call = Detect(picture);

        call.ExitCode.ShouldBe(0);
        call.Json.GetProperty("schemaVersion").GetInt32().ShouldBe(1);
        call.Json.GetProperty("model").GetString().ShouldBe("tiny 1.0.0");
        call.Json.GetProperty("threshold").GetRawText().ShouldBe("0.5");
        call.Json.GetProperty("errors").GetArrayLength().ShouldBe(0);
        var image = call.Json.GetProperty("images").EnumerateArray().ShouldHaveSingleItem();
        (Text(image, "image"), Text(image, "width"), Text(image, "height")).ShouldBe((picture, "100", "90"));
        var face = image.GetProperty("faces").EnumerateArray().ShouldHaveSingleItem();

        // The square lies at 12, 20; the tiny model moves boxes by a twentieth of their width.
        (Text(face, "x"), Text(face, "y"), Text(face, "width"),
            Text(face, "height")).ShouldBe(("12.8", "20", "16", "16"));
        face.GetProperty("score").GetDouble().ShouldBeInRange(0.5, 1);
        Text(face, "score").Length.ShouldBeLessThanOrEqualTo("0.1234".Length);
        call.Error.ShouldBe($"{picture}: 1 face in 100x90 px, " + call.Error.Split(", ")[^1]);
    }

    [Fact]
    public void a_device_that_is_not_there_is_reported_in_a_line_and_the_processor_takes_over()
    {
        var picture = Save("a.png");

        var call = CliCall.Run("detect", picture, "--model", TinyModel.Folder, "--device", "cuda");
        if (call.Error.Contains("CUDA", StringComparison.Ordinal))
        {
            call.Faults.ShouldHaveSingleItem().ShouldContain("Running on the CPU");
        }

        call.ExitCode.ShouldBe(0);
        CliCall.Run("detect", picture, "--device", "abacus").ShouldBeRefused("--device is 'abacus'", "directml");
    }

    [Fact]
    public void the_first_stage_alone_and_a_least_score_can_be_asked_for()
    {
        var picture = Save("a.png");

        Faces(Detect(picture, "--stages", "1")).ShouldBe(2);
        Faces(Detect(picture, "--min-score", "0.9999")).ShouldBe(0);
        Detect(picture, "--min-score", "0.25").Json.GetProperty("threshold").GetRawText().ShouldBe("0.25");
    }

    [Fact]
    public void a_folder_stands_for_its_pictures_in_order()
    {
        Save("b.png");
        Save("a.JPG");
        Save("B.webp");
        Save("inner/z.png");
        File.WriteAllText(PathOf("notes.txt"), "no image");

        var call = Detect(_folder.FullName);

        call.ExitCode.ShouldBe(0);
        Images(call).ShouldBe(["B.webp", "a.JPG", "b.png"]);
        call.Error.ShouldContain("3 faces in 3 images");
    }

    [Fact]
    public void bad_inputs_do_not_stop_the_others()
    {
        var good = Save("good.png");
        var cut = Save("cut.jpg");
        File.WriteAllBytes(cut, File.ReadAllBytes(cut)[..^700]);
        var empty = Directory.CreateDirectory(PathOf("empty")).FullName;

        var call = Detect(PathOf("none.jpg"), cut, empty, good);

        call.ExitCode.ShouldBe(1);
        Images(call).ShouldBe(["good.png"]);
        call.Faults.Length.ShouldBe(3);
        call.Json.GetProperty("errors").EnumerateArray().Select(error => Text(error, "image"))
            .ShouldBe([PathOf("none.jpg"), cut, empty], ignoreOrder: true);
        foreach (var error in call.Json.GetProperty("errors").EnumerateArray())
        {
            call.Faults.ShouldContain("faceloupe: " + Text(error, "message"));
            Text(error, "message").ShouldContain(Text(error, "image"));
        }
    }

    [Fact]
    public void a_single_bad_input_is_refused()
    {
        var text = PathOf("text.jpg");
        File.WriteAllText(text, "no image");

        Detect(text).ShouldBeRefused(text);
        Detect(PathOf("none.jpg")).ShouldBeRefused(PathOf("none.jpg"));
        Detect(Directory.CreateDirectory(PathOf("empty")).FullName)
            .ShouldBeRefused("the folder holds no images or videos (.jpg");
    }

    [Fact]
    public void nothing_but_bad_inputs_is_refused_with_a_line_each()
    {
        var call = Detect(PathOf("one.jpg"), PathOf("two.jpg"));
        (call.ExitCode, call.Output, call.Faults.Length).ShouldBe((2, "", 2));
    }

    [Fact]
    public void the_json_can_go_into_a_file()
    {
        var picture = Save("ü.png");
        var file = PathOf("new/out.json");

        var call = Detect(picture, "--json", file);

        (call.ExitCode, call.Output).ShouldBe((0, ""));
        var text = File.ReadAllText(file);
        text.ShouldBe(Detect(picture).Output);
        text.ShouldContain("ü.png");
        Directory.GetFiles(PathOf("new")).ShouldHaveSingleItem();
    }

    [Fact]
    public void a_json_file_that_cannot_be_written_is_reported()
    {
        var blocker = PathOf("file");
        File.WriteAllText(blocker, "");

        var call = Detect(Save("a.png"), "--json", Path.Combine(blocker, "out.json"));

        call.ExitCode.ShouldBe(2);
        call.Faults.ShouldHaveSingleItem().ShouldContain("out.json");
    }

    [Fact]
    public void a_file_may_begin_with_an_at_sign() => Faces(Detect(Save("@a.png"))).ShouldBe(1);

    [Fact]
    public void a_missing_or_altered_model_is_refused()
    {
        var picture = Save("a.png");
        var model = Copy();
        try
        {
            File.AppendAllText(Path.Combine(model.FullName, "generator.onnx"), "x");
            CliCall.Run("detect", picture, "--model", model.FullName).ShouldBeRefused("generator.onnx", "SHA-256");
            File.Delete(Path.Combine(model.FullName, "generator.onnx"));
            CliCall.Run("detect", picture, "--model", model.FullName).ShouldBeRefused("generator.onnx", "missing");
            CliCall.Run("detect", picture, "--model", PathOf("nowhere"))
                .ShouldBeRefused("nowhere", "no such model folder");
        }
        finally
        {
            model.Delete(recursive: true);
        }
    }

    [Fact]
    public void one_picture_is_marked_into_a_file()
    {
        var file = PathOf("out/marked.png");

        Detect(Save("a.png"), "--annotate", file).ExitCode.ShouldBe(0);

        IsYellow(PictureFile.Read(file), (int)First.X, (int)First.Y + 5).ShouldBeTrue();
    }

    [Fact]
    public void pictures_are_marked_into_a_folder_under_their_names()
    {
        var pictures = new[] { Save("a.jpg"), Save("b.png"), Save("other/a.jpg") };

        Detect([.. pictures, "--annotate", PathOf("marked")]).ExitCode.ShouldBe(0);

        Marked().ShouldBe(["a.jpg", "b.png", "other/a.jpg"]);
    }

    [Fact]
    public void marked_pictures_lie_as_the_pictures_lie_so_that_later_ones_take_nobodys_place()
    {
        Save("in/b/x.png");
        Save("in/x.png");
        var call = new[] { PathOf("in"), "-r", "--annotate", PathOf("marked") };
        Detect(call).ExitCode.ShouldBe(0);
        Save("in/a/x.png");

        Detect(call).ExitCode.ShouldBe(0);

        Marked().ShouldBe(["a/x.png", "b/x.png", "x.png"]);
    }

    [Fact]
    public void marked_pictures_never_overwrite_the_inputs()
    {
        var picture = Save("a.png");
        var before = File.ReadAllBytes(picture);

        Detect(_folder.FullName, "--annotate", _folder.FullName).ShouldBeRefused("would overwrite the input");
        Detect(picture, "--annotate", picture).ShouldBeRefused("would overwrite the input");
        Detect(_folder.FullName, "--annotate", PathOf("x.png")).ShouldBeRefused("give a folder");
        File.WriteAllText(PathOf("notes.txt"), "");
        Detect(picture, "--annotate", PathOf("notes.txt")).ShouldBeRefused("not named like an image or video");

        File.ReadAllBytes(picture).ShouldBe(before);
    }

    private static CliCall Detect(params string[] args) => CliCall.Run(["detect", .. args, "--model", Folder]);

    private static int Faces(CliCall call) =>
        call.Json.GetProperty("images").EnumerateArray().Sum(image => image.GetProperty("faces").GetArrayLength());

    private static string[] Images(CliCall call) =>
        [.. call.Json.GetProperty("images").EnumerateArray().Select(image => Path.GetFileName(Text(image, "image")))];

    private static string Text(JsonElement element, string key) => element.GetProperty(key).ToString();

    private static bool IsYellow(Picture picture, int x, int y)
    {
        // The frame lies just outside the found box.
        var at = picture.OffsetOf(x, y);
        return picture.Pixels[at] > 200 && picture.Pixels[at + 1] > 200 && picture.Pixels[at + 2] < 100;
    }

    private IEnumerable<string> Marked() => Directory.GetFiles(PathOf("marked"), "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(PathOf("marked"), path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    // One face, and one square that only the first stage classifies as a face.
    private string Save(string name)
    {
        var path = PathOf(name);
        PictureFile.Write(Scene(100, 90, (First, White), (Fake, Cyan)), path);
        return path;
    }
}
