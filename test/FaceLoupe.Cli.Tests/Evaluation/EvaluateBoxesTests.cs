using System.Text.Json;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Models;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests.Evaluation;

public sealed class EvaluateBoxesTests : IDisposable
{
    private readonly AnnotatedScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Fact]
    public void results_do_not_replace_annotations_or_images()
    {
        var before = File.ReadAllText(_scenes.Annotations);

        Evaluate("--model", TinyModel.Folder, "--json", _scenes.Annotations).ShouldBeRefused("--json", "would replace");
        Evaluate("--model", TinyModel.Folder, "--plot", _scenes.PathOf("images/0--A/a.png"))
            .ShouldBeRefused("--plot", "would replace");

        File.ReadAllText(_scenes.Annotations).ShouldBe(before);
    }

    [Fact]
    public void a_model_is_run_and_scored_stage_by_stage()
    {
        var json = _scenes.PathOf("out/result.json");

        var call = Evaluate("--model", TinyModel.Folder, "--stages", "--json", json);

        (call.ExitCode, call.Error).ShouldBe((0, ""));
        call.Output.TrimEnd('\n').Split('\n')[^1].ShouldStartWith(
            "A false alarm or false-positive mask counts in every");
        call.Output.ShouldStartWith("2 images; IoU at least 0.5 without +1 pixels; exact all-points AP;");
        call.Output.ShouldContain("model: tiny 1.0.0");
        call.Output.ShouldContain("model hash: SHA-256 of model.json: ");
        var result = JsonElement.Parse(File.ReadAllText(json));
        result.GetProperty("pictures").GetInt32().ShouldBe(2);
        var subjects = result.GetProperty("subjects").EnumerateArray().ToArray();
        subjects.Select(subject => subject.GetProperty("name").GetString()).ShouldBe(["stage 1", "both stages"]);

        // Both stages find two of three faces; the first stage also classifies the cyan square as a face.
        foreach (var subject in subjects)
        {
            Figure(subject, "all", "faces").ShouldBe(3);
            Figure(subject, "all", "recallAmong600").ShouldBe(2 / 3d, 1e-6);
            Figure(subject, "all", "recallAtThreshold").ShouldBe(2 / 3d, 1e-6);
        }

        Figure(subjects[0], "all", "falsePositivesPerPicture").ShouldBe(0.5);
        Figure(subjects[1], "all", "falsePositivesPerPicture").ShouldBe(0);
        Figure(subjects[0], "all", "needlessMasksPerPicture").ShouldBe(0.5);
        Figure(subjects[1], "all", "hiddenByMasks").ShouldBe(2 / 3d, 1e-6);
        call.Output.ShouldContain("hidden by masks at 0.");
        Figure(subjects[1], "small", "averagePrecision").ShouldBe(1);
        subjects[1].GetProperty("bands").GetProperty("larger")
            .GetProperty("averagePrecision").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void where_a_model_looks_is_part_of_the_evaluation_settings()
    {
        var folder = TinyModel.Copy();
        try
        {
            var path = Path.Combine(folder.FullName, ModelManifestFile.FileName);
            var manifest = ModelManifestFile.Read(path);
            var focus = new FocusSection { Threshold = 0.25f, ConfidentScore = 0.9f, ConfidentSide = 14, Margin = 8 };
            var scales = manifest.Detection.Scales;
            File.WriteAllText(path, ModelManifestFile.Format(manifest with
            {
                Detection = manifest.Detection with { Scales = [scales[0] with { Focus = focus }, scales[1]] },
            }));

            Evaluate("--model", folder.FullName).Output.ShouldContain(
                "1x for faces from 0 to 24 px around focus candidates from a score of 0.25, confident from 0.9 and 14 "
                + "px, 0.5x for faces from 24 to any px");
            Evaluate("--model", folder.FullName, "--full-search").Output.ShouldContain(
                "1x for faces from 0 to 24 px, 0.5x for faces from 24 to any px");
        }
        finally
        {
            folder.Delete(true);
        }

        Evaluate("--everywhere", "--predictions", ".").ShouldBeRefused(
            "--full-search needs a model to run and cannot be combined with --predictions.");
    }

    [Fact]
    public void what_detect_writes_evaluate_reads_with_the_same_figures()
    {
        var predictions = _scenes.PathOf("predictions");
        CliCall.Run("detect", _scenes.Images, "--model", TinyModel.Folder, "--format", "wider", "--out", predictions)
            .ExitCode.ShouldBe(0);

        Directory.GetFiles(predictions, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(predictions, path))
            .Order(StringComparer.Ordinal).ShouldBe(["0--A/a.txt", "0--A/b.txt", "regime.json"]);
        var read = Evaluate("--predictions", predictions, "--threshold", "0", "--json", _scenes.PathOf("read.json"));
        (read.ExitCode, read.Error).ShouldBe((0, ""));
        Evaluate("--model", TinyModel.Folder, "--json", _scenes.PathOf("run.json")).ExitCode.ShouldBe(0);
        Bands("read.json").ShouldBe(Bands("run.json"));

        // The settings are stored with the boxes.
        read.Output.ShouldContain("model: tiny 1.0.0");
        read.Output.ShouldContain("model hash: SHA-256 of model.json: ");
        File.WriteAllText(Path.Combine(predictions, "regime.json"), """{"predictions": "mine", "model": "x"}""");
        var own = Evaluate("--predictions", predictions, "--json", _scenes.PathOf("own.json"));
        own.Output.ShouldContain($"predictions: {predictions}\nmodel: x\n");
        File.WriteAllText(Path.Combine(predictions, "regime.json"), "[]");
        Evaluate("--predictions", predictions).ShouldBeRefused("regime.json: not evaluation settings");
    }

    [Fact]
    public void the_settings_beside_predictions_tells_the_scales_that_were_used()
    {
        var planned = TinyModel.Open().Manifest.Detection;
        var enlarged = planned.Scales.Max(step => step.Factor);

        SettingsOf("plain")["scales"].ShouldContain($"{enlarged}x for faces");
        SettingsOf("plain").Keys.ShouldNotContain("smallest face");
        SettingsOf("large", "--min-face", "64")["scales"].ShouldNotContain($"{enlarged}x for faces");
        SettingsOf("large", "--min-face", "64")["smallest face"].ShouldStartWith("64 px");
    }

    [Fact]
    public void the_settings_of_the_first_stage_alone_tell_of_no_fusion()
    {
        SettingsOf("both")["fusion"].ShouldContain(" x stage 2 ");
        var alone = SettingsOf("alone", "--stages", "1");
        (alone["stages"], alone["fusion"]).ShouldBe(("1 alone", "none, scores are those of stage 1"));
    }

    private Dictionary<string, string> SettingsOf(string name, params string[] options)
    {
        var folder = _scenes.PathOf(name);
        CliCall.Run([
            "detect", _scenes.Images, "--model", TinyModel.Folder, "--format", "wider", "--out", folder, .. options,
        ]).ExitCode.ShouldBe(0);
        return JsonSerializer.Deserialize<Dictionary<string,
        string>>(File.ReadAllText(Path.Combine(folder, "regime.json")))!;
    }

    [Fact]
    public void a_report_is_one_page_that_needs_no_network()
    {
        var call = Evaluate("--model", TinyModel.Folder, "--stages", "--report", _scenes.PathOf("report"));

        call.ExitCode.ShouldBe(0);
        Directory.GetFiles(_scenes.PathOf("report")).ShouldHaveSingleItem().ShouldEndWith("index.html");
        var page = File.ReadAllText(_scenes.PathOf("report/index.html"));
        page.ShouldStartWith("<!DOCTYPE html>");
        foreach (var reported in new[]
        {
            "model hash", "scales", "machine", "program", "both stages", "stage 1",
                "Average precision against face size",
            "Not found at the threshold: 1 face;",
            "0--A/b.png: 12x12 px, not found (best overlap 0.00)", "data:image/jpeg;base64,",
                "data:image/svg+xml;base64,",
        })
        {
            page.ShouldContain(reported);
        }

        page.ShouldNotContain("src=\"http");
        page.ShouldNotContain("href=");
        page.ShouldNotContain("<script");
    }

    [Fact]
    public void a_plot_is_drawn_in_the_format_asked_for()
    {
        Evaluate("--model", TinyModel.Folder, "--plot", _scenes.PathOf("p.svg")).ExitCode.ShouldBe(0);
        File.ReadAllText(_scenes.PathOf("p.svg")).ShouldContain("both stages");
        Evaluate("--model", TinyModel.Folder, "--plot", _scenes.PathOf("p.jpg")).ShouldBeRefused(".svg or .png");
    }

    [Fact]
    public void missing_and_unknown_predictions_are_named()
    {
        Write("0--A/a.txt", "a\n1\n12 20 16 16 0.9\n");
        Write("0--A/z.txt", "z\n0\n");

        var call = Evaluate("--predictions", _scenes.PathOf("predictions"));

        call.ExitCode.ShouldBe(1);
        call.Error.ShouldContain("1 image has no predictions and counts as empty: 0--A/b");
        call.Error.ShouldContain("1 prediction is for no annotated image and is ignored: 0--A/z");
        call.Output.ShouldContain("0.333");
    }

    [Fact]
    public void a_malformed_prediction_names_file_and_line()
    {
        Write("0--A/a.txt", "a\n1\n12 20 16 nan 0.9\n");
        Evaluate("--predictions", _scenes.PathOf("predictions")).Faults.ShouldHaveSingleItem()
            .ShouldContain("a.txt, line 3: expected five finite numbers");
    }

    [Fact]
    public void nothing_to_evaluate_is_an_error_and_not_an_AP_of_0()
    {
        Write("other.txt", "other\n0\n");
        Evaluate("--predictions", _scenes.PathOf("predictions")).ShouldBeRefused("no file belongs to an image");
        Directory.CreateDirectory(_scenes.PathOf("empty"));
        Evaluate("--predictions", _scenes.PathOf("empty")).ShouldBeRefused("no predictions in this folder");
        CliCall.Run(
            "evaluate", "boxes", "--annotations", _scenes.Annotations, "--images", _scenes.PathOf("empty")).Faults
            .ShouldHaveSingleItem().ShouldContain("nothing to evaluate");
    }

    [Fact]
    public void an_unreadable_picture_counts_as_missed()
    {
        File.WriteAllText(Path.Combine(_scenes.Images, "0--A", "a.png"), "no image");
        var call = Evaluate("--model", TinyModel.Folder, "--json", _scenes.PathOf("run.json"));
        call.ExitCode.ShouldBe(1);
        call.Faults.ShouldHaveSingleItem().ShouldContain("a.png");
        JsonElement.Parse(File.ReadAllText(_scenes.PathOf("run.json"))).GetProperty("faults").GetArrayLength()
            .ShouldBe(1);
    }

    [Theory]
    [InlineData("a.png", "a.jpg", "a.png and ", "a.jpg both have the key '0--A/a'")]
    [InlineData("a.png", "a.png", "a.png twice")]
    public void predictions_that_know_a_picture_twice_are_refused(string one, string other, params string[] reported)
    {
        string Line(string name) =>
            $$"""{"image":"{{_scenes.Images}}/0--A/{{name}}","width":9,"height":9,"faces":[]}""".Replace('\\', '/');
        var file = _scenes.PathOf("faces.json");
        File.WriteAllText(
            file, $$"""{"schemaVersion":1,"model":"m","threshold":0.5,"images":[{{Line(one)}},{{Line(other)}}]}""");

        Evaluate("--predictions", file).ShouldBeRefused([file, .. reported]);
    }

    [Fact]
    public void annotations_of_two_pictures_with_one_file_of_predictions_are_refused()
    {
        File.Copy(Path.Combine(_scenes.Images, "0--A", "a.png"), Path.Combine(_scenes.Images, "0--A", "a.jpg"));
        File.AppendAllText(_scenes.Annotations, "0--A/a.jpg\n1\n1 1 9 9\n");
        Write("0--A/a.txt", "a\n1\n1 1 9 9 0.9\n");

        var refused = Evaluate("--predictions", _scenes.PathOf("predictions"));

        refused.ExitCode.ShouldBe(2);
        refused.Faults.ShouldHaveSingleItem().ShouldContain(
            "0--A/a.png and 0--A/a.jpg differ in nothing but the extension");
    }

    [Theory]
    [InlineData("Option '--images' is required", "evaluate", "boxes", "--annotations", "a")]
    [InlineData(
        "--stages needs a model to run", "evaluate", "boxes", "--annotations", "a", "--images", "b", "--predictions",
        "c", "--stages")]
    [InlineData(
        "--threshold is 'x', not a finite number", "evaluate", "boxes", "--annotations", "a", "--images", "b",
        "--threshold", "x")]
    [InlineData("faceloupe evaluate boxes --help", "evaluate", "boxes")]
    public void wrong_usage_is_reported_in_one_line(string reported, params string[] args) =>
        CliCall.Run(args).ShouldBeRefused(reported);

    private CliCall Evaluate(params string[] args) =>
        CliCall.Run(["evaluate", "boxes", "--annotations", _scenes.Annotations, "--images", _scenes.Images, .. args]);

    private string Bands(string file)
    {
        var result = JsonElement.Parse(File.ReadAllText(_scenes.PathOf(file)));
        return result.GetProperty("subjects")[0].GetProperty("bands").GetRawText();
    }

    private static double Figure(JsonElement subject, string band, string key) =>
        subject.GetProperty("bands").GetProperty(band).GetProperty(key).GetDouble();

    private void Write(string name, string text)
    {
        var path = _scenes.PathOf("predictions/" + name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
