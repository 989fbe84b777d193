using System.CommandLine;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Merging;

/// <summary><c>faceloupe merge</c>: joins the parts of a run on many machines.</summary>
internal static class MergeCommand
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var folder = new Argument<string>("DIR")
        {
            Description = "The --out folder of 'detect' or 'blur' with --shard.",
        };
        var target = TextOption.Required(
            "--out", "FILE", "Where all rows go, in the order of the list and the format of the parts.", "-o");
        var json = NewOption.Switch("--json", "Print the report as JSON.");
        var command = new Command(
            "merge",
            "Joins the parts that 'detect' or 'blur' wrote with --shard, checks that no part or image is missing or "
                + "duplicated, and reports images, faces, failures by reason, and time.")
        {
            folder, target, json,
        };
        command.SetAction((parsed, stop) => Task.FromResult(new MergeRun(
            parsed.GetRequiredValue(folder), parsed.GetRequiredValue(target), parsed.GetValue(json))
            .Run(parsed.InvocationConfiguration.Output, stop)));
        return command.WithExamples(
            ("faceloupe merge run --out faces.jsonl", "join all parts into one file"),
            ("faceloupe merge run --out faces.parquet --json", "the same for parts in Parquet, with a "
                + "machine-readable report"));
    }
}
