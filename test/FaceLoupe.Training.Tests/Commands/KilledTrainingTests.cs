using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using FaceLoupe.Tests;
using FaceLoupe.Training.Tests.Runs;

namespace FaceLoupe.Training.Tests.Commands;

/// <summary>A training that is killed at any moment and gone on with ends as if nothing had happened.</summary>
[Collection(TorchAlone.Name)]
public sealed class KilledTrainingTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(7);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task a_run_killed_at_random_ends_with_the_weights_of_an_unbroken_run()
    {
        var (whole, broken) = (_folder.Of("whole"), _folder.Of("broken"));
        string[] proposals =
        [
            "proposals", "--config", RepositoryRoot.Combine("configs", "smoke.json"), "--set", "proposals.steps=12",
        ];

        await TrainAsync([.. proposals, "--run", whole]);
        await KillAsync([.. proposals, "--run", broken], Path.Combine(broken, "proposals"), from: 1, to: 5);
        await KillAsync([.. proposals, "--run", broken, "--resume"], Path.Combine(broken, "proposals"), from: 5, to: 9);
        await TrainAsync([.. proposals, "--run", broken, "--resume"]);
        ShouldBeTheSame(Path.Combine(whole, "proposals"), Path.Combine(broken, "proposals"), "step-000012");

        foreach (var stage in new[] { "mine", "generator" })
        {
            await TrainAsync([stage, "--run", whole]);
            await TrainAsync([stage, "--run", broken]);
        }

        string[] gan = ["gan", "--set", "gan.steps=8"];
        await TrainAsync([.. gan, "--run", whole]);
        await KillAsync([.. gan, "--run", broken], Path.Combine(broken, "gan"), from: 1, to: 6);
        await TrainAsync([.. gan, "--run", broken, "--resume"]);
        ShouldBeTheSame(Path.Combine(whole, "gan"), Path.Combine(broken, "gan"), "step-000008");
    }

    private static void ShouldBeTheSame(string whole, string broken, string checkpoint)
    {
        var files = Directory.GetFiles(Path.Combine(whole, "checkpoints", checkpoint));
        files.Length.ShouldBeGreaterThan(2);
        foreach (var file in files)
        {
            File.ReadAllBytes(Path.Combine(broken, "checkpoints", checkpoint, Path.GetFileName(file)))
                .ShouldBe(File.ReadAllBytes(file), Path.GetFileName(file));
        }

        Metrics(broken).ShouldBe(Metrics(whole));
    }

    private static string[] Metrics(string stage) =>
    [
        .. File.ReadAllLines(Path.Combine(stage, "metrics.jsonl")).Select(line =>
        {
            var values = JsonNode.Parse(line)!.AsObject();
            values.Remove("time");
            return values.ToJsonString();
        }),
    ];

    private static async Task TrainAsync(string[] args)
    {
        using var process = Start(args);
        var said = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await said);
    }

    // Somewhere between two steps' lines, or within a step or checkpoint after them.
    private async Task KillAsync(string[] args, string stage, int from, int to)
    {
        var (step, later) = (_random.Next(from, to), _random.Next(40));
        using var process = Start(args);
        var clock = Stopwatch.StartNew();
        while (StepOf(stage) < step && !process.HasExited && clock.Elapsed < Patience)
        {
            await Task.Delay(5);
        }

        await Task.Delay(later);
        process.HasExited.ShouldBeFalse(string.Join(' ', args));
        process.Kill();
        await process.WaitForExitAsync();
        output.WriteLine(
            FormattableString.Invariant($"{args[0]} killed {later} ms after step {step}, at step {StepOf(stage)}"));
    }

    private static int StepOf(string stage)
    {
        try
        {
            using var metrics = new FileStream(
                Path.Combine(stage, "metrics.jsonl"), FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(metrics);
            var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return lines.Length == 0 ? 0
                : int.Parse(lines[^1].Split(':', ',')[1], CultureInfo.InvariantCulture);
        }
        catch (Exception fault) when (fault is IOException or FormatException or IndexOutOfRangeException)
        {
            return 0; // not there yet, or only begun
        }
    }

    private static Process Start(string[] args)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "faceloupe-train.dll"), .. args])
        {
            WorkingDirectory = RepositoryRoot.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }
}
