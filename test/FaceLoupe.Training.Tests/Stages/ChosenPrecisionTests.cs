using System.Text.Json.Nodes;
using FaceLoupe.Tests;
using FaceLoupe.Training.Tests.Stages;

namespace FaceLoupe.Training.Tests.Stages;

[Collection(TorchAlone.Name)]
public sealed class ChosenPrecisionTests : IDisposable
{
    private readonly TrainingWorkspace work = new();

    public void Dispose() => work.Dispose();

    [Fact]
    public void a_run_keeps_the_arithmetic_that_was_chosen_at_its_start_and_is_that_of_its_seed()
    {
        var chosen = work.Folder.Of("chosen");
        Train(chosen, "auto");
        work.Console.Error.ShouldContain("chosen by a step of each (float32 ");
        var precision = Precision(chosen).ShouldNotBeNull();
        precision.ShouldBeOneOf("float32", "float32ChannelsLast", "bFloat16");

        var named = work.Folder.Of("named");
        Train(named, precision);
        Precision(named).ShouldBeNull();
        Weights(chosen, 1).ShouldBe(Weights(named, 1));

        // Whatever another machine would choose: it goes on as it began.
        var other = precision == "float32" ? "bFloat16" : "float32";
        var info = Path.Combine(chosen, "proposals", "run.json");
        File.WriteAllText(info, File.ReadAllText(info)
            .Replace($"\"{precision}\"", $"\"{other}\"", StringComparison.Ordinal));
        Run("proposals", "--run", chosen, "--resume", "--set", "proposals.steps=2");
        Run("proposals", "--run", named, "--resume", "--set", "proposals.steps=2", "--set",
            $"proposals.precision={other}");

        Precision(chosen).ShouldBe(other);
        Weights(chosen, 2).ShouldBe(Weights(named, 2));
        work.Console.Error.Split("chosen by a step of each").Length.ShouldBe(2);
    }

    private void Train(string run, string precision) => Run(
        "proposals", "--config", RepositoryRoot.Combine("configs", "smoke.json"), "--run", run,
        "--set", $"data={work.Faces.SourceList}", "--set", "validationData=[]",
        "--set", "proposals.steps=1", "--set", $"proposals.precision={precision}");

    private void Run(params string[] arguments) =>
        TrainCommandLine.Run(arguments).ShouldBe(0, work.Console.Error);

    private static string? Precision(string run) => (string?)JsonNode.Parse(
        File.ReadAllText(Path.Combine(run, "proposals", "run.json")))!["precision"];

    private static byte[] Weights(string run, int step) => File.ReadAllBytes(Directory
        .GetFiles(Path.Combine(run, "proposals", "checkpoints", $"step-{step:D6}"), "proposals*")
        .Order(StringComparer.Ordinal).First());
}
