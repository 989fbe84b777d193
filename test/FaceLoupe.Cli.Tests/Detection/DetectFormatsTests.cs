using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using FaceLoupe.Evaluation.Fddb;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Cli.Tests.Evaluation;
using FaceLoupe.Tests;
using static FaceLoupe.Cli.Tests.Detection.DetectScenes;

namespace FaceLoupe.Cli.Tests.Detection;

public sealed class DetectFormatsTests : IDisposable
{
    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Fact]
    public void json_lines_are_one_object_a_picture_failed_ones_included()
    {
        var (good, bad) = (_scenes.Save("ü.png"), _scenes.Write("bad.png", "no image"));

        var call = Detect(bad, good, "--format", "jsonl");

        call.ExitCode.ShouldBe(1);
        var lines = call.Output.Split('\n')[..^1].Select(line => JsonElement.Parse(line)).ToArray();
        lines.Select(line => line.GetProperty("image").GetString()).ShouldBe([bad, good]);
        lines[0].GetProperty("error").GetString()!.ShouldContain("not an image");
        lines[1].GetProperty("faces")[0].GetProperty("width").GetRawText().ShouldBe("16");
        lines[1].GetProperty("faces")[0].GetProperty("logit").GetDouble().ShouldBeGreaterThan(0);
        call.Output.ShouldContain("ü.png");
    }

    [Fact]
    public void a_table_has_a_row_a_face_and_one_for_a_picture_without()
    {
        var (one, none) = (_scenes.Save("a, \"b\".png"), _scenes.Save("none.png", face: false));

        var call = Detect(one, none, "--format", "csv");

        var rows = call.Output.Split('\n');
        rows[0].ShouldBe("image,image_width,image_height,face,x,y,width,height,score,logit");
        rows[1].ShouldStartWith($"\"{one.Replace("\"", "\"\"", StringComparison.Ordinal)}\",100,90,1,12.8,20,16,16,0.");
        rows[2].ShouldBe($"{none},100,90,0,,,,,,");
        rows.Length.ShouldBe(4);
    }

    [Fact]
    public void coco_stands_on_its_own()
    {
        _scenes.Save("p/q/a.png");
        _scenes.Save("p/b.png", face: false);

        var coco = Detect(_scenes.PathOf("p"), "-r", "--format", "coco").Json;

        coco.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("file_name").GetString())
            .ShouldBe(["b.png", "q/a.png"]);
        var face = coco.GetProperty("annotations").EnumerateArray().ShouldHaveSingleItem();
        face.GetProperty("image_id").GetInt32().ShouldBe(2);
        face.GetProperty("bbox").GetRawText().ShouldBe("[12.8,20,16,16]");
        face.GetProperty("score").GetDouble().ShouldBeInRange(0.5, 1);
        coco.GetProperty("categories")[0].GetProperty("name").GetString().ShouldBe("face");
    }

    [Fact]
    public void yolo_and_voc_are_a_file_a_picture()
    {
        var picture = _scenes.Save("p/a b.png");
        _scenes.Save("p/none.png", face: false);

        Detect(_scenes.PathOf("p"), "--format", "yolo", "--out", _scenes.PathOf("yolo")).ExitCode.ShouldBe(0);
        Detect(picture, "--format", "voc", "-o", _scenes.PathOf("voc")).Output.ShouldBe("");

        _scenes.FilesIn("yolo").ShouldBe(["a b.txt", "none.txt"]);
        File.ReadAllText(_scenes.PathOf("yolo/none.txt")).ShouldBe("");
        var row = File.ReadAllText(_scenes.PathOf("yolo/a b.txt")).Split(' ');
        (row.Length, row[0]).ShouldBe((6, "0"));
        Detect(picture, "--format", "yolo", "--out", _scenes.PathOf("train"), "--yolo-scores",
            "no").ExitCode.ShouldBe(0);
        File.ReadAllText(_scenes.PathOf("train/a b.txt")).ShouldBe(string.Join(' ', row[..5]) + "\n");
        Number(row[1]).ShouldBe(20.8 / 100, 1e-4);
        Number(row[4]).ShouldBe(16 / 90d, 1e-4);
        var face = XDocument.Load(_scenes.PathOf("voc/a b.xml")).Root!.Element("object")!;
        face.Element("bndbox")!.Elements().Select(corner => corner.Name.LocalName)
            .ShouldBe(["xmin", "ymin", "xmax", "ymax"]);
        face.Element("bndbox")!.Elements().Select(corner => Math.Round((double)corner, 3))
            .ShouldBe([12.8, 20, 28.8, 36]);
        ((double)face.Element("score")!).ShouldBeInRange(0.5, 1);
    }

    [Fact]
    public void fddb_names_pictures_as_its_folds_do()
    {
        _scenes.Save("fddb/2002/08/11/big/img_591.jpg");
        _scenes.Save("fddb/2002/08/12/big/img_1.jpg", face: false);

        Detect(_scenes.PathOf("fddb"), "--format", "fddb", "--out", _scenes.PathOf("out")).ExitCode.ShouldBe(0);

        var found = FddbFiles.ReadDetections(_scenes.PathOf("out"));
        found.Keys.Order().ShouldBe(["2002/08/11/big/img_591", "2002/08/12/big/img_1"]);
        found["2002/08/11/big/img_591"].Regions.ShouldNotBeEmpty();
    }

    // The folder of results, with its evaluation settings.
    [Fact]
    public void what_is_written_for_fddb_is_what_is_evaluated()
    {
        var found = _scenes.Save("fddb/2002/08/11/big/img_591.jpg");
        _scenes.Save("fddb/2002/08/12/big/img_1.jpg", face: false);
        File.WriteAllText(_scenes.PathOf("list.txt"), found + "\n");
        Directory.CreateDirectory(_scenes.PathOf("folds"));
        File.WriteAllText(
            _scenes.PathOf("folds/FDDB-fold-01-ellipseList.txt"), "2002/08/11/big/img_591\n1\n9 9 0 20 20 1\n");

        // All of FDDB, or the images of its folds alone: also where they lie in one folder.
        foreach (var (inputs, output, code) in (IEnumerable<(string[], string, int)>)[
            ([_scenes.PathOf("fddb")], "all", 1), (["--list", _scenes.PathOf("list.txt")], "listed", 0)])
        {
            Detect([.. inputs, "--format", "fddb", "--out", _scenes.PathOf(output)]).ExitCode.ShouldBe(0);
            _scenes.FilesIn(output).ShouldContain("regime.json");

            var call = CliCall.Run(
                ["evaluate", "fddb", "--folds", _scenes.PathOf("folds"), "--predictions", _scenes.PathOf(output)]);

            (call.ExitCode, output).ShouldBe((code, output), call.Error);
            call.Output.ShouldContain("1 images, 1 faces");
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("yolo", ".txt")]
    [InlineData("voc", ".xml")]
    [InlineData("wider", ".txt")]
    [InlineData("fddb", ".txt")]
    public void one_name_in_two_folders_keeps_its_folders(string format, string extension)
    {
        var (a, b) = (_scenes.Save("a/x.jpg"), _scenes.Save("b/x.jpg"));

        Detect(a, b, "--format", format, "--out", _scenes.PathOf("out")).ExitCode.ShouldBe(0);
        Detect(_scenes.PathOf("a"), _scenes.PathOf("b"), "--format", format, "--out", _scenes.PathOf("two"))
            .ExitCode.ShouldBe(0);

        foreach (var folder in (string[])["out", "two"])
        {
            _scenes.FilesIn(folder).Except(["regime.json"]).ShouldBe([$"a/x{extension}", $"b/x{extension}"]);
        }
    }

    [Fact]
    public void two_pictures_that_would_share_a_file_are_refused()
    {
        var (one, two) = (_scenes.Save("x.jpg"), _scenes.Save("x.png"));
        Detect(one, two, "--format", "yolo", "--out", _scenes.PathOf("out"))
            .ShouldBeRefused(one, two, "x.txt", "rename");
    }

    [Theory]
    [InlineData("json", "faces.json")]
    [InlineData("jsonl", "faces.jsonl")]
    [InlineData("csv", "faces.csv")]
    [InlineData("coco", "faces.json")]
    [InlineData("yolo", "faces")]
    [InlineData("voc", "faces")]
    [InlineData("wider", "faces")]
    public void what_detect_writes_evaluate_reads(string format, string name)
    {
        using var scenes = new AnnotatedScenes();
        var target = _scenes.PathOf(name);
        Detect(scenes.Images, "-r", "--format", format, "--out", target).ExitCode.ShouldBe(0);

        var read = CliCall.Run(
            "evaluate", "boxes", "--annotations", scenes.Annotations, "--images", scenes.Images,
            "--predictions", target, "--json", _scenes.PathOf("read.json"), "--threshold", format == "wider"
                ? "0"
                : "0.5");
        var run = CliCall.Run(
            "evaluate", "boxes", "--annotations", scenes.Annotations, "--images", scenes.Images, "--model",
            TinyModel.Folder, "--json", _scenes.PathOf("run.json"));

        (read.ExitCode, read.Error, run.ExitCode).ShouldBe((0, "", 0));
        Figures("read.json").ShouldBe(Figures("run.json"));

        // Two of three faces are found; predictions have no recall of proposals.
        string Figures(string file) => JsonElement.Parse(File.ReadAllText(_scenes.PathOf(file)))
            .GetProperty("subjects")[0].GetProperty("bands").GetProperty("all").GetProperty("averagePrecision")
            .GetRawText();
    }

    [Fact]
    public void pictures_read_again_are_reported_apart_by_their_folder()
    {
        using var scenes = new AnnotatedScenes();
        var target = _scenes.PathOf("faces.csv");
        Detect(Path.Combine(scenes.Images, "0--A/a.png"), "--format", "csv", "--out", target).ExitCode.ShouldBe(0);

        var call = CliCall.Run(
            "evaluate", "boxes", "--annotations", scenes.Annotations, "--images", scenes.Images,
            "--predictions", target);

        call.ExitCode.ShouldBe(1);
        call.Error.ShouldContain("1 image has no predictions and counts as empty: 0--A/b");
    }

    [Fact]
    public void files_that_are_no_predictions_are_refused()
    {
        using var scenes = new AnnotatedScenes();
        Evaluate(_scenes.Write("a.xls", "")).ShouldBeRefused("not predictions");
        Evaluate(_scenes.Write("a.json", "[]")).ShouldBeRefused("faceloupe convert");
        Evaluate(_scenes.Write("b.json", "{")).ShouldBeRefused("b.json", "cannot be read");
        Evaluate(_scenes.Write("c.json", "{\"schemaVersion\":1}")).ShouldBeRefused("not a document");
        Evaluate(_scenes.Write("a.jsonl", "{}\n{}\n")).ShouldBeRefused("line 1", "expected an image");
        Evaluate(_scenes.Write("a.csv", "image\n")).ShouldBeRefused("its first row is not");
        Evaluate(_scenes.Write("voc/a.xml", "<annotation><object/></annotation>")).ShouldBeRefused(
            "a.xml, line 1", "expected a 'bndbox'");

        CliCall Evaluate(string predictions) => CliCall.Run(
            "evaluate", "boxes", "--annotations", scenes.Annotations, "--images", scenes.Images,
            "--predictions", predictions.EndsWith(".xml", StringComparison.Ordinal)
                ? Path.GetDirectoryName(predictions)! : predictions);
    }

    [Theory]
    [InlineData("'tiff'", "--format", "tiff")]
    [InlineData("--format yolo needs --out", "--format", "yolo")]
    [InlineData("--resume needs --out", "--resume")]
    [InlineData("--json FILE is short for", "--json", "x.json", "--out", "y.json")]
    [InlineData("--json FILE is short for", "--json", "x.json", "--format", "csv")]
    [InlineData("--crop-scale is for --crops", "--crop-scale", "2")]
    [InlineData("--labels is for --annotate", "--labels", "never")]
    [InlineData("--labels is 'some', not auto, always or never", "--annotate", "x", "--labels", "some")]
    [InlineData("--yolo-scores is for --format yolo", "--yolo-scores", "no")]
    [InlineData("--yolo-scores is 'maybe', not yes or no", "--format", "yolo", "--out", "x", "--yolo-scores", "maybe")]
    [InlineData("--crop-scale is '0.5', not a number from 1 to 10", "--crops", "x", "--crop-scale", "0.5")]
    [InlineData("--jobs is '1.5', not a whole number from 0 to 64", "--jobs", "1.5")]
    [InlineData("--every is '0', not a whole number from 1 to 10000", "--every", "0")]
    [InlineData("--threads is '-1', not a whole number", "--threads", "-1")]
    [InlineData("'--out'", "--out")]
    [InlineData("'--format'", "--format")]
    public void options_that_make_no_sense_are_refused(string reported, params string[] args) =>
        Detect([_scenes.Save("a.png"), .. args]).ShouldBeRefused(reported, "--help");
}
