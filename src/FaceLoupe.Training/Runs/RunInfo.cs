using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace FaceLoupe.Training.Runs;

/// <summary>What is needed to understand or repeat a run, kept as run.json.</summary>
internal sealed record RunInfo
{
    /// <summary>The verb of faceloupe-train: "proposals", "generator", "gan".</summary>
    public required string Stage { get; init; }

    /// <summary>The seed of every random choice of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Where the tensors live: "cpu", "cuda:0".</summary>
    public required string Device { get; init; }

    /// <summary>Name and version of the exported model that the networks come from instead of a training; otherwise null.</summary>
    public string? Imported { get; init; }

    /// <summary>When the run was first started, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it was taken up again after a stop, UTC.</summary>
    public IReadOnlyList<DateTimeOffset> Resumed { get; init; } = [];

    public string CommandLine { get; init; } = "";

    /// <summary>The git commit of the working folder; null outside a repository or without git.</summary>
    public string? Commit { get; init; }

    public string FaceLoupe { get; init; } = "";

    public string DotNet { get; init; } = "";

    /// <summary>The version of TorchSharp; null where it is not loaded.</summary>
    public string? TorchSharp { get; init; }

    public string OperatingSystem { get; init; } = "";

    public int Processors { get; init; }

    /// <summary>Describes the present process.</summary>
    public static RunInfo Capture(string stage, ulong seed, string device) => new()
    {
        Stage = stage,
        Seed = seed,
        Device = device,
        Started = DateTimeOffset.UtcNow,
        CommandLine = string.Join(' ', Environment.GetCommandLineArgs().Select(Quote)),
        Commit = FindCommit(),
        FaceLoupe = VersionOf(typeof(RunInfo).Assembly),
        DotNet = RuntimeInformation.FrameworkDescription,
        TorchSharp = AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => assembly.GetName().Name == "TorchSharp")
            .Select(VersionOf)
            .FirstOrDefault(),
        OperatingSystem = $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}",
        Processors = Environment.ProcessorCount,
    };

    private static string Quote(string argument) =>
        argument.Length > 0 && !argument.Any(char.IsWhiteSpace) ? argument : $"'{argument}'";

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? assembly.GetName().Version?.ToString() ?? "";

    private static string? FindCommit()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["rev-parse", "HEAD"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            var commit = git?.StandardOutput.ReadToEnd().Trim();
            git?.WaitForExit();
            return git?.ExitCode == 0 ? commit : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // No git here: the run goes on without.
        }
    }
}
