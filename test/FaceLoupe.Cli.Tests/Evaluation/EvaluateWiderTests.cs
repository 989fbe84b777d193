using System.Text.Json;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Tests;
using FaceLoupe.Tests.Evaluation.Matlab;
using FaceLoupe.Tests.Evaluation.Wider;
using static FaceLoupe.Tests.Evaluation.Matlab.MatlabWriter;

namespace FaceLoupe.Cli.Tests.Evaluation;

public sealed class EvaluateWiderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-cli-");

    public EvaluateWiderTests()
    {
        SmallBenchmark.WriteTo(PathOf("truth"));
        Write("pred/0--Parade/a.txt", "a\n2\n0 0 9 9 0.9\n50 0 9 9 0.8\n");
        Write("pred/0--Parade/b.c.txt", "b.c\n0\n");
        Write("pred/1--Meeting/d.txt", "d\n0\n");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void official_and_exact_figures_are_printed_by_setting()
    {
        var call = Evaluate("--json", PathOf("r.json"));

        (call.ExitCode, call.Error).ShouldBe((0, ""));
        call.Output.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            .ShouldBe(
        [
            $"predictions: {PathOf("pred")}",
            "model: not known: no regime.json beside the predictions",
            "",
            "FaceLoupe on WIDER FACE validation: 3 images, 2 boxes",
            "easy medium hard",
            "faces 1 2 3",
            "AP, official (1,000 thresholds) 1.0000 1.0000 0.6667",
            "AP, exact 1.0000 1.0000 0.6667",
            "",
        ]);
        var json = JsonElement.Parse(File.ReadAllText(PathOf("r.json")));
        json.GetProperty("settings").GetProperty("hard").GetProperty("officialAveragePrecision").GetDouble()
            .ShouldBe(0.666667);
    }

    [Fact]
    public void published_curves_stand_beside_and_are_drawn()
    {
        WriteCurves();

        var call = Evaluate("--compare", PathOf("curves"), "--name", "ours", "--plot", PathOf("plots/wider.svg"),
            "--report", PathOf("report"));

        call.ExitCode.ShouldBe(0);
        call.Output.ShouldContain("Alpha");
        Directory.GetFiles(PathOf("plots")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(["wider-easy.svg", "wider-hard.svg", "wider-medium.svg"]);
        var hard = File.ReadAllText(PathOf("plots/wider-hard.svg"));
        hard.ShouldContain("0.667 ours");
        hard.ShouldContain("0.750 Alpha");
        hard.IndexOf("0.750 Alpha", StringComparison.Ordinal)
            .ShouldBeLessThan(hard.IndexOf("0.667 ours", StringComparison.Ordinal));
        File.ReadAllText(PathOf("report/index.html")).ShouldContain("Precision against recall, hard");
    }

    [Fact]
    public void published_curves_are_shown_on_their_own()
    {
        WriteCurves();
        var call = CliCall.Run("evaluate", "wider", "--compare", PathOf("curves"), "--plot", PathOf("p.png"));
        call.ExitCode.ShouldBe(0);
        call.Output.ShouldContain("0.750");
        File.ReadAllBytes(PathOf("p-hard.png"))[1..4].ShouldBe("PNG"u8.ToArray());
    }

    [Fact]
    public void missing_and_unknown_pictures_are_named()
    {
        File.Delete(PathOf("pred/1--Meeting/d.txt"));
        Write("pred/x/y.txt", "y\n0\n");
        var call = Evaluate();
        call.ExitCode.ShouldBe(1);
        call.Error.ShouldContain("1 image has no predictions and counts as empty: 1--Meeting/d");
        call.Error.ShouldContain("1 prediction is for no annotated image and is ignored: x/y");
    }

    [Fact]
    public void bad_input_is_reported_in_one_line()
    {
        File.WriteAllText(PathOf("truth/wider_easy_val.mat"), "no mat");
        Evaluate().ShouldBeRefused("wider_easy_val.mat: not a little-endian MATLAB 5 file");
        Evaluate("--plot", "x.gif").ShouldBeRefused(".svg or .png");
        CliCall.Run("evaluate", "wider").ShouldBeRefused("--ground-truth and --predictions are required");
        CliCall.Run("evaluate", "wider", "--ground-truth", "x").ShouldBeRefused("--predictions is needed too");
    }

    [Fact]
    public void the_published_detections_get_their_known_figures()
    {
        var shared = SharedFolder.PathOrSkip("eval");
        var call = CliCall.Run(
            "evaluate", "wider", "--ground-truth", Path.Combine(shared, "wider"),
            "--predictions", Path.Combine(shared, "wider", "detections"), "--compare", Path.Combine(shared, "curves"));
        (call.ExitCode, call.Error).ShouldBe((0, ""));
        var lines = call.Output.Split('\n')
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToArray();
        lines.ShouldContain("faces 7,211 13,319 31,958");
        lines.ShouldContain("AP, official (1,000 thresholds) 0.9325 0.9128 0.8297");
        lines.ShouldContain("PyramidBox 0.961 0.950 0.889");
        lines.ShouldContain("ScaleFace 0.868 0.867 0.773");
    }

    private CliCall Evaluate(params string[] args) =>
        CliCall.Run(["evaluate", "wider", "--ground-truth", PathOf("truth"), "--predictions", PathOf("pred"), .. args]);

    private void WriteCurves()
    {
        Directory.CreateDirectory(PathOf("curves"));
        foreach (var setting in new[] { "easy", "medium", "hard" })
        {
            File.WriteAllBytes(PathOf($"curves/wider_pr_info_alpha_{setting}_val.mat"), MatFile(
                true, Variable("legend_name", Text("Alpha")), Variable("pr_cruve", Numbers(2, 1, 0.5, 0.5, 1))));
        }
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }
}
