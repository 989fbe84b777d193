using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace FaceLoupe.Training.Runs;

/// <summary>Description of a run for reproducing it, stored as run.json.</summary>
internal sealed record RunInfo
{
    /// <summary>The verb of faceloupe-train: "proposals", "generator", "gan".</summary>
    public required string Stage { get; init; }

    /// <summary>The seed of every random choice of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Where the tensors live: "cpu", "cuda:0".</summary>
    public required string Device { get; init; }

    /// <summary>The devices by step; empty if it was <see cref="Device"/> for all steps.</summary>
    public IReadOnlyList<DevicePart> Devices { get; init; } = [];

    /// <summary><see cref="Device"/>, or all of them in one line: "cpu, from step 400 on cuda:0".</summary>
    [JsonIgnore]
    public string DeviceText => Devices.Count == 0
        ? Device
        : string.Join(", ", Devices.Select(part =>
            part.FromStep == 0
                ? part.Device
                : FormattableString.Invariant($"from step {part.FromStep} on {part.Device}")));

    /// <summary>Name and version of the exported model that was imported; null: none.</summary>
    public string? Imported { get; init; }

    /// <summary>The arithmetic that precision auto chose, such as "bFloat16"; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Precision { get; init; }

    /// <summary>When the run was first started, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it was resumed, UTC.</summary>
    public IReadOnlyList<DateTimeOffset> Resumed { get; init; } = [];

    public string CommandLine { get; init; } = "";

    /// <summary>The git commit of the working folder; null outside a repository or without git.</summary>
    public string? Commit { get; init; }

    public string FaceLoupe { get; init; } = "";

    public string DotNet { get; init; } = "";

    /// <summary>The version of TorchSharp; null if it is not loaded.</summary>
    public string? TorchSharp { get; init; }

    public string OperatingSystem { get; init; } = "";

    public int Processors { get; init; }

    /// <summary>Describes the current process.</summary>
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

    /// <summary>The description of a resumed run.</summary>
    /// <param name="before">The description of the run so far.</param>
    /// <param name="step">The step at which it resumes.</param>
    public RunInfo Resuming(RunInfo before, long step)
    {
        // Steps after the checkpoint were lost.
        var made = before.Devices.Count == 0 ? [new DevicePart(0, before.Device)] : before.Devices;
        List<DevicePart> devices = [.. made.Where(part => part.FromStep < step)];
        if (devices.LastOrDefault()?.Device != Device)
        {
            devices.Add(new DevicePart(step, Device));
        }

        return this with
        {
            Started = before.Started,
            Resumed = [.. before.Resumed, Started],
            Devices = devices.Count == 1 ? [] : devices,
            Precision = before.Precision,
        };
    }

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
            return null; // git is not installed.
        }
    }
}

/// <summary>The device of a run from a step on.</summary>
/// <param name="FromStep">Steps done before.</param>
/// <param name="Device">"cpu", "cuda:0".</param>
internal sealed record DevicePart(long FromStep, string Device);
