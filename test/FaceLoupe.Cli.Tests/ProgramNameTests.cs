using System.Diagnostics;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests;

/// <summary>The program has the name of the command; its assembly may not (docs/decisions/0001).</summary>
public class ProgramNameTests
{
    // This test runs in test/FaceLoupe.Cli.Tests/bin/CONFIGURATION/FRAMEWORK; the program lies in the same place under
    // src.
    private static readonly string Folder = RepositoryRoot.Combine(
        "src", "FaceLoupe.Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name,
        new DirectoryInfo(AppContext.BaseDirectory).Name);

    [Fact]
    public async Task the_program_that_is_built_is_called_faceloupe_and_runs()
    {
        var program = Path.Combine(Folder, OperatingSystem.IsWindows() ? "faceloupe.exe" : "faceloupe");
        using var process = Process.Start(
            new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true })!;
        var version = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(0);
        version.ShouldStartWith("0.");
    }

    // faceloupe.dll beside FaceLoupe.dll would be the same file on Windows and macOS.
    [Fact]
    public void no_two_of_its_files_differ_in_case_alone() => Directory.GetFiles(Folder)
        .Select(path => Path.GetFileName(path)!.ToUpperInvariant()).ShouldBeUnique();
}
