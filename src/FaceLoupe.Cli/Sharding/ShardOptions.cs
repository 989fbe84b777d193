using System.CommandLine;
using System.CommandLine.Parsing;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Sharding;

/// <summary>The options for processing a part of a list.</summary>
internal sealed class ShardOptions
{
    /// <summary>The list.</summary>
    public Option<string?> List { get; } = TextOption.Optional(
        "--list", "FILE", "A file with further inputs, one path per line, relative to the current folder; '-' reads "
            + "standard input.");

    /// <summary>The part.</summary>
    public Option<string?> Part { get; } = TextOption.Optional(
        "--shard", "auto|I/N",
        "Process only part I of N of --list, counted from 0, as one of many machines; 'auto' reads I from "
            + "SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX or AWS_BATCH_JOB_ARRAY_INDEX, and N from FACELOUPE_SHARDS or "
            + "the scheduler's own count. When the part is done, its results are written to the folder --out as "
            + "I-of-N.jsonl or .parquet, one row per image, with the reason if it failed; 'faceloupe merge' joins the "
            + "parts. All parts must have the same list, model and options.");

    /// <summary>Refuses a part without its list.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="inputs">The other inputs that were given.</param>
    /// <param name="target">Where results go; null: standard output.</param>
    /// <param name="others">Options that cannot be combined with a part.</param>
    public void Check(CommandResult result, IReadOnlyList<string> inputs, string? target, IEnumerable<Option> others)
    {
        if (result.GetValue(Part) is null)
        {
            return;
        }

        if (result.GetValue(List) is null || inputs.Count > 0 || target is null)
        {
            result.AddError("--shard needs --list FILE and --out DIR, and no other inputs.");
        }
        else if (others.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } other)
        {
            result.AddError($"--shard cannot be combined with {other.Name}, whose files the parts would not share.");
        }
    }

    /// <summary>The chosen part; null: none.</summary>
    /// <exception cref="FaceLoupeException">There is no such part.</exception>
    public Shard? Chosen(ParseResult parsed) => parsed.GetValue(Part) is not { } text ? null
        : text == "auto" ? ShardVariables.Read(Environment.GetEnvironmentVariable) : Shard.Parse(text);
}
