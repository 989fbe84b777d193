using System.Diagnostics;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Cli.Tests.Detection;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests.Streams;

/// <summary>Closed pipes, and streams that are closed from the start.</summary>
public sealed class StandardOutputTests
{
    [Theory]
    [InlineData("detect")]
    [InlineData("detect", "--annotate", "marked")]
    public async Task a_reader_that_has_seen_enough_ends_the_run(params string[] args)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The console of Windows does not tell.");
        using var scenes = new DetectScenes();

        // Names so long that the lines do not fit into a pipe: the run cannot end before the pipe is closed.
        var deep = string.Join('/', Enumerable.Repeat(new string('d', 200), 14));
        for (var i = 0; i < 40; i++)
        {
            scenes.Save(FormattableString.Invariant($"{deep}/{i:00}.png"));
        }

        string[] all = [.. args, ".", "--recursive", "--format", "jsonl", "--model", TinyModel.Folder];
        using var process = Start(Path.GetDirectoryName(scenes.Save("99.png"))!, "exec \"$@\"", all);
        (await process.StandardOutput.ReadLineAsync()).ShouldNotBeNull();
        process.StandardOutput.Close();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.ShouldBe(141);
        error.Split('\n').Count(line => line.Contains("face", StringComparison.Ordinal)).ShouldBeLessThan(38, error);
        error.ShouldNotContain("Unhandled");
        error.ShouldNotContain("faceloupe: ");
    }

    [Theory]
    [InlineData("exec \"$@\" >&-", 2, "standard output: is closed", "detect", "a.png", "-q", "--model", "tiny")]
    [InlineData(
        "exec \"$@\" >&-", 2, "standard output: is closed", "detect", "a.png", "-q", "--format", "jsonl", "--model",
        "tiny")]
    [InlineData("exec \"$@\" >&-", 2, "standard output: is closed", "--help")]
    [InlineData("exec \"$@\" >&-", 2, "standard output: is closed", "--version")]
    [InlineData("exec \"$@\" >&-", 0, "", "detect", "a.png", "-q", "--out", "a.json", "--model", "tiny")]
    [InlineData("exec \"$@\" 2>&-", 0, "", "detect", "a.png", "--model", "tiny")]
    [InlineData("exec \"$@\" 2>&-", 2, "", "detect", "nowhere.png", "--model", "tiny")]
    [InlineData("exec \"$@\" >&- 2>&-", 2, "", "detect", "a.png", "--model", "tiny")]
    public async Task a_stream_that_is_closed_is_reported_and_ends_in_an_exit_code(
        string shell, int exitCode, string reported, params string[] args)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sh.");
        using var scenes = new DetectScenes();
        var folder = Path.GetDirectoryName(scenes.Save("a.png"))!;
        using var process = Start(folder, shell, [.. args.Select(arg => arg == "tiny" ? TinyModel.Folder : arg)]);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;

        process.ExitCode.ShouldBe(exitCode, error);
        error.TrimEnd('\n').Split('\n').Length.ShouldBe(1, error);
        error.ShouldContain(reported);
    }

    [Fact]
    public async Task two_programs_write_into_one_file_one_after_the_other()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sh.");
        using var scenes = new DetectScenes();
        var folder = Path.GetDirectoryName(scenes.Save("a.png"))!;
        using var process = Start(
            folder, "{ \"$@\"; \"$@\"; echo end; } > both.jsonl",
            ["detect", "a.png", "--format", "jsonl", "--model", TinyModel.Folder]);
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        var lines = await File.ReadAllLinesAsync(Path.Combine(folder, "both.jsonl"));
        lines.Length.ShouldBe(3);
        lines[1].ShouldBe(lines[0]);
        lines[2].ShouldBe("end");
    }

    private static Process Start(string folder, string shell, string[] args)
    {
        var start = new ProcessStartInfo("sh")
        {
            ArgumentList = { "-c", shell, "sh", "dotnet", Path.Combine(AppContext.BaseDirectory, "FaceLoupe.Cli.dll") },
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        return Process.Start(start)!;
    }
}
