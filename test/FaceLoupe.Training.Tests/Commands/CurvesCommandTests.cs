using FaceLoupe.Training.Tests.Runs;

namespace FaceLoupe.Training.Tests.Commands;

[Collection(TorchAlone.Name)]
public sealed class CurvesCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CapturedConsole console = new();

    public void Dispose()
    {
        console.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void a_stage_without_metrics_is_reported_and_the_others_are_plotted()
    {
        var empty = folder.File("mine.jsonl", "");
        var gan = folder.File("gan.jsonl", """{"step":1,"kind":"train","loss":2}""");

        TrainCommandLine.Run(["curves", empty, gan, folder.Of("none.jsonl"), "--out", folder.Of("curves")]).ShouldBe(1);

        File.ReadAllText(folder.Of("curves", "gan.svg")).ShouldContain("loss");
        Directory.GetFiles(folder.Of("curves")).Length.ShouldBe(1);
        console.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        console.Error.ShouldContain("faceloupe-train: mine: its metrics hold no numbers to plot");
        console.Error.ShouldContain("none.jsonl: there is no such file");
    }

    [Fact]
    public void stages_of_two_runs_have_plots_of_their_own()
    {
        var metrics = new[] { "a", "b" }.Select(run => Path.Combine(
            Directory.CreateDirectory(folder.Of(run, "gan")).FullName, "metrics.jsonl")).ToArray();
        Array.ForEach(metrics, path => File.WriteAllText(path, """{"step":1,"kind":"train","loss":2}"""));

        TrainCommandLine.Run(["curves", .. metrics, "--out", folder.Of("curves")]).ShouldBe(0);

        Directory.GetFiles(folder.Of("curves")).Select(Path.GetFileName)
            .ShouldBe(["a-gan.svg", "b-gan.svg"], ignoreOrder: true);
    }

    [Fact]
    public void the_exit_code_is_2_if_nothing_can_be_plotted() =>
        TrainCommandLine.Run(["curves", folder.File("mine.jsonl", ""), "--out", folder.Of("curves")]).ShouldBe(2);
}
