using System.CommandLine;

namespace FaceLoupe.Benchmarks.Detection;

/// <summary>
/// <c>detect</c>: how long detection takes, as a whole and in parts, against itself and against others.
/// </summary>
internal static class DetectBenchmark
{
    private static readonly string[] Tables = ["whole", "batches", "switches", "peers", "models", "parts", "processes"];

    public static Command Command()
    {
        var model = new Option<string?>("--model")
        {
            Description = "Folder or name of the model. Default: the shipped one.", HelpName = "DIR|NAME",
        };
        var quick = new Option<bool>("--quick") { Description = "Three rounds instead of nine, without what is slow." };
        var rounds = new Option<int?>("--rounds")
        {
            Description = "Rounds that count. Default: 9, quick 3.", HelpName = "N",
        };
        var shared = new Option<string>("--shared")
        {
            Description = "Folder of peers and crowd images, used where it exists.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "../shared",
        };
        var only = new Option<string[]>("--only")
        {
            Description = $"Only these tables: {string.Join(", ", Tables)}.",
            HelpName = "TABLE",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => Tables,
        };
        only.AcceptOnlyFromAmong(Tables);
        var output = new Option<string?>("--out")
        {
            Description = "File for the tables. Default: standard output.", HelpName = "FILE",
        };
        var command = new Command("detect", "Times detection; writes Markdown tables for docs/performance.md.")
        {
            model, quick, rounds, shared, only, output,
        };
        command.SetAction(parsed =>
        {
            var fast = parsed.GetValue(quick);
            var tables = new DetectionTables(
                parsed.GetValue(model) ?? Models.ModelBundle.FindDefaultFolder(),
                parsed.GetRequiredValue(shared),
                Math.Max(parsed.GetValue(rounds) ?? (fast ? 3 : 9), 1),
                fast);
            var report = tables.Measure(parsed.GetRequiredValue(only));
            if (parsed.GetValue(output) is { } file)
            {
                File.WriteAllText(file, report);
            }
            else
            {
                Console.Write(report);
            }
        });
        return command;
    }
}
