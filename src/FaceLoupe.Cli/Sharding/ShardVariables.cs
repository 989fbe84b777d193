using System.Globalization;

namespace FaceLoupe.Cli.Sharding;

/// <summary>Reads the part of a list from the variables of array jobs.</summary>
internal static class ShardVariables
{
    /// <summary>Number of parts, for schedulers that give only the index of a task.</summary>
    public const string Count = "FACELOUPE_SHARDS";

    private static readonly (string Scheduler, string Index, string? Count)[] Known =
    [
        ("Slurm", "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT"),
        ("Kubernetes", "JOB_COMPLETION_INDEX", null),
        ("AWS Batch", "AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE"),
    ];

    /// <summary>The part of this task.</summary>
    /// <param name="variable">Reads a variable; null: it is not set.</param>
    /// <exception cref="FaceLoupeException">The variables give no part, or more than one.</exception>
    public static Shard Read(Func<string, string?> variable)
    {
        var given = Known.Where(one => !string.IsNullOrEmpty(variable(one.Index))).ToArray();
        if (given is not [var (scheduler, name, countName)])
        {
            throw new FaceLoupeException(given.Length == 0
                ? $"--shard auto: none of {string.Join(", ", Known.Select(one => one.Index))} is set; run it as a task "
                    + "of an array job, or give --shard I/N."
                : $"--shard auto: {string.Join(" and ", given.Select(one => one.Index))} are both set; give --shard "
                    + "I/N.");
        }

        // A resubmitted array may be part of the first one; its own count is then not that of the run.
        var counts = countName is null ? [Count] : new[] { Count, countName };
        var source = counts.FirstOrDefault(one => !string.IsNullOrEmpty(variable(one)))
            ?? throw new FaceLoupeException(
                $"--shard auto: {scheduler} gives the index of this part in {name}, but not the number of parts; set "
                + $"{string.Join(" or ", counts)}.");
        var index = Whole(name, variable);
        if (source == "SLURM_ARRAY_TASK_COUNT")
        {
            // An array may start anywhere and skip numbers: --array=1-31:2.
            index -= string.IsNullOrEmpty(variable("SLURM_ARRAY_TASK_MIN"))
                ? 0 : Whole("SLURM_ARRAY_TASK_MIN", variable);
            index /= string.IsNullOrEmpty(variable("SLURM_ARRAY_TASK_STEP"))
                ? 1 : Math.Max(Whole("SLURM_ARRAY_TASK_STEP", variable), 1);
        }

        return Shard.Of(index, Whole(source, variable), $"--shard auto ({name}, {source})");
    }

    private static long Whole(string name, Func<string, string?> variable) =>
        long.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FaceLoupeException($"--shard auto: {name} is '{variable(name)}', not a whole number.");
}
