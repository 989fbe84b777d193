using System.CommandLine;
using System.Text.Json;
using FaceLoupe.Programs;
using FaceLoupe.Storage;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Paper.Figures;

/// <summary><c>faceloupe-train figures</c>: the paper's figures, of one exported model.</summary>
internal static class FiguresCommand
{
    private const string EarlierRow = "ours"; // of Table 2: neither regression nor context

    public static Command Create()
    {
        var model = new Argument<string>("MODEL_DIR") { Description = "Folder of an exported model." };
        var wider = TextOption.Required(
            "--wider", "DIR",
            "Folder of WIDER FACE as downloaded: WIDER_val, wider_face_split; eval_tools for Figure 7, "
                + "WIDER_test for 8.");
        var output = TextOption.Required("--out", "DIR", "Folder for the figures and figures.md.");
        var earlier = TextOption.Optional(
            "--earlier", "DIR", "A model without regression and context, to compare with in Figure 1.");
        var tables = TextOption.Optional(
            "--tables", "DIR", "Result folder of 'ablate table2', whose row 'ours', if finished, is that model.");
        var curves = TextOption.Optional(
            "--curves", "DIR", "Folder of published curves, wider_pr_info_*_val.mat, for Figure 7.");
        var fddb = TextOption.Optional("--fddb", "DIR", "Folder of FDDB, its images and FDDB-folds, for Figure 9.");
        var fddbCurves = TextOption.Optional(
            "--fddb-curves", "DIR", "Folder of published curves, *DiscROC.txt, for Figure 9.");
        var most = Numbers.Whole(
            "--max-pictures", "Maximum number of images per set, spread evenly; 0: all.", "N", 0, int.MaxValue, 0);
        var threads = Numbers.Threads();
        var command = new Command("figures", "Draw the paper's Figures 1, 4, 5 and 7 to 10 for a model.")
        {
            model, wider, output, earlier, tables, curves, fddb, fddbCurves, most, threads,
        };
        command.SetAction(parsed =>
        {
            using var stop = CleanStop.Listen();
            var call = new FigureCall(
                parsed.GetRequiredValue(model), parsed.GetRequiredValue(wider), parsed.GetRequiredValue(output),
                Earlier: parsed.GetValue(earlier) ?? OfTables(parsed.GetValue(tables)), parsed.GetValue(curves),
                parsed.GetValue(fddb), parsed.GetValue(fddbCurves), parsed.GetValue(most), parsed.GetValue(threads));
            try
            {
                new FigureRun(call, Console.Error).Run(stop.Token);
            }
            catch (OperationCanceledException)
            {
                return stop.ExitCode;
            }

            Console.WriteLine(Path.Combine(call.Out, FigureRun.FileName));
            return 0;
        });
        return command;
    }

    /// <summary>The model of Table 2's row; null if there is no table, or the row is not done.</summary>
    /// <exception cref="FaceLoupeException">The table is damaged.</exception>
    internal static string? OfTables(string? folder)
    {
        var path = folder is null ? null : Path.Combine(folder, "table2.json");
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var table = JsonDocument.Parse(InputFile.ReadAllText(path));
            return table.RootElement.GetProperty("rows").EnumerateArray()
                .Where(row => row.GetProperty("name").GetString() == EarlierRow)
                .SelectMany(row => row.GetProperty("seeds").EnumerateArray())
                .Select(seed => seed.TryGetProperty("model", out var model) ? model.GetString() : null)
                .FirstOrDefault(model => model is not null) is { } made
                ? Path.Combine(folder!, made)
                : null;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FaceLoupeException(
                $"{path}: not a table of faceloupe-train ablate; give --earlier instead.", fault);
        }
    }
}
