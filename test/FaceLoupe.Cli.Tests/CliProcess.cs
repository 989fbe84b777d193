using System.Diagnostics;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests;

/// <summary>The program in a separate process, for tests that cannot call it in their own.</summary>
internal static class CliProcess
{
    /// <summary>Runs a verb with the tiny model.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="args">The command line without --model.</param>
    /// <param name="environment">Changes its environment variables.</param>
    /// <returns>The exit code, and the text of standard error.</returns>
    public static async Task<(int ExitCode, string Error)> RunAsync(
        string folder, IEnumerable<string> args, Action<IDictionary<string, string?>> environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "FaceLoupe.Cli.dll") },
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var arg in (string[])[.. args, "--model", TinyModel.Folder])
        {
            start.ArgumentList.Add(arg);
        }

        environment(start.Environment);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;
        return (process.ExitCode, error);
    }
}
