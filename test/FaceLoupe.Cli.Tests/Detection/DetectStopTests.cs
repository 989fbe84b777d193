using System.Diagnostics;
using System.Text.Json;
using FaceLoupe.Cli.Detection;
using FaceLoupe.Cli.Detection.Displays;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests.Detection;

public sealed class DetectStopTests : IDisposable
{
    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Theory]
    [InlineData("json", "faces.json")]
    [InlineData("jsonl", "faces.jsonl")]
    [InlineData("csv", "faces.csv")]
    [InlineData("coco", "faces.json")]
    [InlineData("yolo", "faces/a.txt")]
    [InlineData("voc", "faces/a.xml")]
    [InlineData("wider", "faces/a.txt")]
    public void what_is_finished_when_a_run_is_stopped_is_written(string format, string file)
    {
        using var stop = new CancellationTokenSource();
        using var error = new StringWriter { NewLine = "\n" };
        var request = new DetectRequest
        {
            Inputs = [_scenes.Save("a.png"), "-", _scenes.Save("c.png")],
            Model = new ModelChoice(TinyModel.Folder),
            Options = new DetectorOptions(),
            Format = format,
            Out = _scenes.PathOf(file.Split('/')[0]),
            ReadAhead = 0,
        };

        var code = request.Run(new LineDisplay(error, quiet: false), TextWriter.Null, Stopping, stop.Token);

        (code, error.ToString().Split('\n')[^2]).ShouldSatisfyAllConditions(
            result => result.code.ShouldBe(130),
            result => result.Item2.ShouldEndWith("; stopped with 2 images to go"));
        new FileInfo(_scenes.PathOf(file)).Length.ShouldBeGreaterThan(0);
        File.Exists(_scenes.PathOf(file + ".partial.jsonl")).ShouldBeFalse();

        // --resume searches the rest.
        using var again = new StringWriter { NewLine = "\n" };
        (request with { Inputs = [request.Inputs[0], request.Inputs[2]], Resume = true }).Run(
            new LineDisplay(again, quiet: false), TextWriter.Null, Stopping, CancellationToken.None).ShouldBe(0);
        again.ToString().ShouldContain("1 face in 1 image");
        again.ToString().ShouldContain("1 image finished before");

        // The signal also ends the wait for standard input.
        Stream Stopping()
        {
            stop.Cancel();
            return new NeverEnding();
        }
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task a_signal_loses_nothing_that_is_finished(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix signals.");
        Assert.SkipWhen(
            signal == "INT" && IgnoresInterrupts(), "Started in the background of a shell, where Ctrl-C is ignored.");
        var file = _scenes.PathOf("faces.json");
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "FaceLoupe.Cli.dll"), "detect", _scenes.Save("a.png"), "-",
                "--jobs", "0", "--model", TinyModel.Folder, "--json", file,
            },
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            // Once the first image is reported, the program waits for the second on standard input.
            (await process.StandardError.ReadLineAsync()).ShouldNotBeNull().ShouldContain("a.png: 1 face");
            using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
            {
                await kill.WaitForExitAsync();
            }

            await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        }
        finally
        {
            process.Kill();
        }

        if (signal == "KILL")
        {
            // Not even then: the next run reads the results beside the document.
            File.Exists(file).ShouldBeFalse();
            var resumed = DetectScenes.Detect(_scenes.PathOf("a.png"), "--json", file, "--resume");
            resumed.Error.ShouldContain("1 image finished before");
        }
        else
        {
            process.ExitCode.ShouldBe(130);
        }

        File.Exists(file + ".partial.jsonl").ShouldBeFalse();
        JsonElement.Parse(File.ReadAllText(file)).GetProperty("images").GetArrayLength().ShouldBe(1);
    }

    private sealed class NeverEnding : MemoryStream
    {
        private readonly ManualResetEventSlim _closed = new();

        public override void CopyTo(Stream destination, int bufferSize) => _closed.Wait(TimeSpan.FromSeconds(60));

        protected override void Dispose(bool disposing)
        {
            _closed.Set();
            base.Dispose(disposing);
        }
    }

    // Children inherit it, and .NET leaves an ignored signal ignored. Bit 1 is SIGINT.
    private static bool IgnoresInterrupts()
    {
        const string status = "/proc/self/status", key = "SigIgn:";
        return File.Exists(status)
            && File.ReadLines(status).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))
            is { } line && (Convert.ToUInt64(line[key.Length..].Trim(), 16) & 2) != 0;
    }
}
