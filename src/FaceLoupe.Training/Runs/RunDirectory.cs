using System.Text.Json;
using FaceLoupe.Storage;
using FaceLoupe.Training.Configuration;

namespace FaceLoupe.Training.Runs;

/// <summary>
/// The folder of one stage's run: config.json (resolved options), run.json (<see cref="RunInfo"/>), metrics.jsonl,
/// checkpoints/ and sheets/.
/// </summary>
internal sealed class RunDirectory : IDisposable
{
    private readonly Checkpoints checkpoints;
    private FileStream? held;
    private MetricsLog? metrics;
    private Description? before;

    private RunDirectory(string path)
    {
        Path = path;
        checkpoints = new Checkpoints(System.IO.Path.Combine(path, "checkpoints"));
    }

    /// <summary>The folder, as given.</summary>
    public string Path { get; }

    /// <summary>Whether the folder already held a run, with or without a checkpoint.</summary>
    public bool IsResumed { get; private init; }

    // Whether the folder of the whole training was made for it.
    private bool MadeTraining { get; init; }

    /// <summary>The metrics of a run made by <see cref="Create"/>; a run opened for reading has none.</summary>
    public MetricsLog Metrics => metrics ?? throw new InvalidOperationException("The run was opened for reading.");

    private string ConfigPath => System.IO.Path.Combine(Path, "config.json");

    private string InfoPath => System.IO.Path.Combine(Path, "run.json");

    /// <summary>Starts a run in a new or empty folder, or resumes one at its latest checkpoint.</summary>
    /// <param name="path">The folder; made when missing.</param>
    /// <param name="resumeIfExists">Allows a folder with a run; what follows its latest checkpoint is dropped.</param>
    /// <exception cref="FaceLoupeException">
    /// The folder is not empty and is not to be resumed, or holds something else.
    /// </exception>
    public static RunDirectory Create(string path, bool resumeIfExists)
    {
        var training = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path));
        if (((string?[])[path, training]).FirstOrDefault(File.Exists) is { } file)
        {
            throw new FaceLoupeException(
                $"{file}: a file stands where the run's folder should be; name another --run.");
        }

        var filled = Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any() && !IsUntouched(path);
        if (filled && !resumeIfExists)
        {
            throw new FaceLoupeException(
                $"{path}: the run's folder is not empty; add --resume to continue, or name another folder.");
        }

        if (filled && !File.Exists(System.IO.Path.Combine(path, "run.json")))
        {
            throw new FaceLoupeException(
                $"{path}: nothing to resume: the folder has no run.json, so it is not a run of faceloupe-train.");
        }

        var run = new RunDirectory(path) { IsResumed = filled, MadeTraining = !Directory.Exists(training) };
        Directory.CreateDirectory(System.IO.Path.Combine(path, "checkpoints"));
        Directory.CreateDirectory(System.IO.Path.Combine(path, "sheets"));
        run.held = Hold(System.IO.Path.Combine(path, "run.lock"));
        run.metrics = new MetricsLog(System.IO.Path.Combine(path, "metrics.jsonl"), run.LatestCheckpoint()?.Step ?? -1);
        run.checkpoints.RemoveUnfinished();
        return run;
    }

    /// <summary>Opens a run for reading: its options, its checkpoints.</summary>
    /// <exception cref="FaceLoupeException">The folder holds no run.</exception>
    public static RunDirectory Open(string path)
    {
        var run = new RunDirectory(path) { IsResumed = true };
        return File.Exists(run.InfoPath)
            ? run
            : throw new FaceLoupeException(
                $"{path}: not a run of faceloupe-train (it has no run.json); name the folder given to --run.");
    }

    /// <summary>Writes config.json and run.json; a resumed run keeps its first start and adds this one.</summary>
    public void Describe<T>(T options, RunInfo info)
        where T : class
    {
        if (IsResumed && ReadInfo() is { } first)
        {
            if (info.Seed != first.Seed)
            {
                throw new FaceLoupeException(FormattableString.Invariant(
                    $"seed: {info.Seed}, but the run was started with {first.Seed}; a run keeps its seed: ")
                    + "leave it out, or give the same.");
            }

            before = new Description(File.ReadAllText(ConfigPath), File.ReadAllText(InfoPath), Products);
            info = info.Resuming(first, LatestCheckpoint()?.Step ?? 0);
        }

        ConfigFile.Save(options, ConfigPath);
        ConfigFile.Save(info, InfoPath);
    }

    /// <summary>Stores the chosen arithmetic in run.json, for resuming.</summary>
    public void NotePrecision(string precision) => ConfigFile.Save(ReadInfo() with { Precision = precision }, InfoPath);

    /// <summary>The options that the run was started with.</summary>
    public T ReadConfig<T>()
        where T : class, new() => ConfigFile.Load<T>(ConfigPath, []);

    /// <summary>The content of run.json.</summary>
    public RunInfo ReadInfo()
    {
        try
        {
            return JsonSerializer.Deserialize<RunInfo>(File.ReadAllText(InfoPath), OptionsJson.Format)!;
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            throw new FaceLoupeException($"{InfoPath}: cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>The checkpoint to resume from, or null.</summary>
    public Checkpoint? LatestCheckpoint() => checkpoints.Latest();

    /// <inheritdoc cref="Checkpoints.Save"/>
    public Checkpoint SaveCheckpoint(long step, Action<string> write) => checkpoints.Save(step, write);

    /// <summary>The path of a step's contact sheet.</summary>
    public string SheetPath(long step, string name = "sheet") =>
        System.IO.Path.Combine(Path, "sheets", FormattableString.Invariant($"{name}-{step:D6}.png"));

    public void Dispose()
    {
        metrics?.Dispose();
        held?.Dispose();
    }

    /// <summary>Removes the folder of a run that did nothing, and the training's if it is then empty.</summary>
    public void RemoveUnused()
    {
        Dispose();
        string[] ours = ["config.json", "run.json", "metrics.jsonl"];
        var files = Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories);
        if (!IsUntouched(Path) || files.Any(file => !ours.Contains(System.IO.Path.GetRelativePath(Path, file))))
        {
            return;
        }

        Directory.Delete(Path, recursive: true);
        if (MadeTraining && System.IO.Path.GetDirectoryName(Path) is { Length: > 0 } training
            && !Directory.EnumerateFileSystemEntries(training).Any())
        {
            Directory.Delete(training);
        }
    }

    /// <summary>Gives a resumed run that made nothing new its own description back.</summary>
    public void RestoreUnused()
    {
        if (before is { Products.Length: > 0 } && before.Products == Products)
        {
            if (File.ReadAllText(ConfigPath) != before.Config)
            {
                Console.Error.WriteLine(
                    $"faceloupe-train: {ConfigPath}: is as before, as nothing was made with the other options; give "
                    + "them again to go on with them.");
            }

            AtomicFile.WriteAllText(ConfigPath, before.Config);
            AtomicFile.WriteAllText(InfoPath, before.Info);
        }
    }

    // The latest checkpoint and finished RoIs.
    private string Products => string.Join(' ', RegionFiles(Path).Order(StringComparer.Ordinal)
        .Select(file => FormattableString.Invariant($"{file} {File.GetLastWriteTimeUtc(file).Ticks}"))
        .Prepend(FormattableString.Invariant($"{LatestCheckpoint()?.Step}"))).Trim();

    private static IEnumerable<string> RegionFiles(string path) => Directory.EnumerateFiles(path, "*.regions");

    // A run that failed before its first step, for example because data was missing, can be started again.
    private static bool IsUntouched(string path) =>
        File.Exists(System.IO.Path.Combine(path, "run.json"))
        && !RegionFiles(path).Any()
        && new RunDirectory(path).LatestCheckpoint() is null
        && new FileInfo(System.IO.Path.Combine(path, "metrics.jsonl")) is not { Exists: true, Length: > 0 };

    // config.json and run.json before a run was resumed, and what it had made.
    private sealed record Description(string Config, string Info, string Products);

    // An exclusive lock, which the system releases when the process ends.
    private static FileStream Hold(string path)
    {
        try
        {
            return new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException fault)
        {
            throw new FaceLoupeException(
                $"{path}: another faceloupe-train is working on this run; stop it first.", fault);
        }
    }
}
