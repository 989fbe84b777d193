using System.Diagnostics;
using FaceLoupe.Tests;
using FaceLoupe.Training.Tests.Runs;

namespace FaceLoupe.Training.Tests.Paper;

/// <summary>eng/rehearse-paper, at a hundred-thousandth of the paper's size on the image of the sources.</summary>
[Collection(TorchAlone.Name)]
public sealed class RehearsalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task all_steps_pass_and_their_times_are_reported()
    {
        var (code, output, error) = await RunAsync(
            "samples", folder.Of("paper"), "--threads", "1", "--set", "export.maxProposals=16");

        code.ShouldBe(0, error);
        output.ShouldContain("| ablate baselines | done | ");
        output.TrimEnd().Split('\n')[^1].ShouldStartWith("eng/rehearse-paper: all 10 steps passed in ");
        File.ReadAllText(folder.Of("paper", "figures", "figures.md")).ShouldContain("## Figure 9: FDDB, ");
    }

    [Fact]
    public async Task steps_that_do_not_pass_are_an_error()
    {
        var (code, output, error) = await RunAsync(
            "samples", folder.Of("paper"), "--threads", "1", "--set", "data=[]"); // no image to train on

        code.ShouldBe(1);
        output.ShouldContain("| proposals | failed | ");
        output.ShouldNotContain("passed");
        error.ShouldContain("eng/rehearse-paper: not all steps are done");
    }

    [Fact]
    public async Task a_folder_without_the_parts_is_refused()
    {
        var (code, _, error) = await RunAsync(folder.Path, folder.Of("paper"));

        (code, error.Contains("expected data/wider/{train,val} and eval/wider there", StringComparison.Ordinal))
            .ShouldBe((2, true));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A script of bash and GNU tools.");
        var start = new ProcessStartInfo(
            "/bin/bash", [RepositoryRoot.Combine("eng", "rehearse-paper"), .. args])
        {
            WorkingDirectory = RepositoryRoot.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["TRAIN"] = $"dotnet {Path.Combine(AppContext.BaseDirectory, "faceloupe-train.dll")}",
                ["SCALE"] = "0.00001",
            },
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }
}
