using System.Text.Json;
using FaceLoupe.Cli.Terminal;

namespace FaceLoupe.Cli.Tests.Evaluation;

public sealed class EvaluateFddbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-cli-");

    public EvaluateFddbTests()
    {
        Write("folds/FDDB-fold-01-ellipseList.txt", "2002/a\n1\n20 15 1.2 50 60  1\n");
        Write("folds/FDDB-fold-02-ellipseList.txt", "2002/b\n1\n10 10 0 30 30  1\n");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void rectangles_and_ellipses_of_a_folder_are_scored_over_all_folds()
    {
        Write("out/1.txt", "2002/a\n1\n20 15 1.2 50 60 0.9\n");
        Write("out/2.txt", "2002/b\n2\n20 20 20 20 0.8\n200 200 5 5 0.7\n");

        var call = Evaluate("out", "--json", PathOf("r.json"), "--plot", PathOf("roc.svg"));

        (call.ExitCode, call.Error).ShouldBe((0, ""));
        call.Output.ShouldContain("2 images, 2 faces, 3 detections");
        call.Output.ShouldContain("The curve ends at 1 false positives");
        var at = JsonElement.Parse(File.ReadAllText(PathOf("r.json"))).GetProperty("at");
        at.EnumerateArray().Select(point => point.GetProperty("falsePositives").GetInt32()).ShouldBe([500, 1000, 2000]);
        at[0].GetProperty("discrete").GetDouble().ShouldBe(1);
        at[0].GetProperty("continuous").GetDouble().ShouldBe((1 + (Math.PI / 4)) / 2, 1e-3);
        File.ReadAllText(PathOf("roc.svg")).ShouldContain("discrete");
    }

    [Fact]
    public void missing_pictures_are_named_and_bad_input_is_refused()
    {
        Write("one.txt", "2002/a\n0\n");
        var call = Evaluate("one.txt");
        (call.ExitCode, call.Error)
            .ShouldBe((1, $"{PathOf("one.txt")}: 1 image has no predictions and counts as empty: 2002/b\n"));
        Write("bad.txt", "2002/a\n1\n1 2 3\n");
        Evaluate("bad.txt").ShouldBeRefused("bad.txt, line 3");
        Evaluate("nowhere").ShouldBeRefused("nowhere");
    }

    private CliCall Evaluate(string predictions, params string[] args) =>
        CliCall.Run(["evaluate", "fddb", "--folds", PathOf("folds"), "--predictions", PathOf(predictions), .. args]);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }
}
