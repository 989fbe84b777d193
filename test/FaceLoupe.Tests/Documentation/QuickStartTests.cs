using System.Diagnostics;
using FaceLoupe.Tests.Datasets;

namespace FaceLoupe.Tests.Documentation;

/// <summary>The example that a reader copies: shown as it is, compiled with the solution, and run.</summary>
public class QuickStartTests
{
    private static readonly string Example =
        File.ReadAllText(RepositoryRoot.Combine("samples", "QuickStart", "Program.cs")).ReplaceLineEndings("\n");

    [Theory]
    [InlineData("README.md")]
    [InlineData("src/FaceLoupe/README.md")]
    [InlineData("src/FaceLoupe.Model/README.md")]
    public void the_readme_shows_exactly_the_sample_program(string readme) =>
        File.ReadAllText(RepositoryRoot.Combine(readme)).ReplaceLineEndings("\n")
            .ShouldContain(
                $"```csharp\n{Example}```\n", Case.Sensitive, $"Copy samples/QuickStart/Program.cs into {readme}.");

    [Fact]
    public void it_has_ten_lines() => Example.TrimEnd('\n').Split('\n').Length.ShouldBe(10);

    [Fact]
    public async Task it_finds_the_people_of_the_sample_picture()
    {
        // This test runs in test/FaceLoupe.Tests/bin/CONFIGURATION/FRAMEWORK; the sample lies in the same place.
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var program = RepositoryRoot.Combine(
            "samples", "QuickStart", "bin", framework.Parent!.Name, framework.Name, "QuickStart.dll");
        using var folder = new TemporaryFolder();
        File.Copy(RepositoryRoot.Combine("samples", "solvay-1927.jpg"), folder.Path("crowd.jpg"));

        var start = new ProcessStartInfo("dotnet", [program])
        {
            WorkingDirectory = folder.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var lines = (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n');
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        (process.ExitCode, await error).ShouldBe((0, ""));
        int.Parse(lines[0].Split(' ')[0]).ShouldBeInRange(26, 32);
        lines[1].ShouldMatch(@"^(1|0)\.\d\d at \d+, \d+, \d+ px wide$");
    }
}
