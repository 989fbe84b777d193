using System.CommandLine;
using FaceLoupe.Programs;
using FaceLoupe.Storage;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Commands;

/// <summary><c>faceloupe-train curves</c>: plots the metrics of a training.</summary>
internal static class CurvesCommand
{
    public static Command Create()
    {
        var metrics = new Argument<string[]>("METRICS")
        {
            Description = "Metrics files, such as runs/mine/gan/metrics.jsonl.", Arity = ArgumentArity.OneOrMore,
        };
        var output = TextOption.Required("--out", "DIR", "Folder for the plots, one SVG file per stage.");
        var command = new Command("curves", "Plot the losses and measurements of trained stages.") { metrics, output };
        command.SetAction(parsed => Draw(parsed.GetRequiredValue(metrics), parsed.GetRequiredValue(output)));
        return command;
    }

    // A stage without metrics, such as mine, does not keep the others from being plotted.
    private static int Draw(string[] metrics, string folder)
    {
        Directory.CreateDirectory(folder);
        var drawn = 0;
        foreach (var path in metrics)
        {
            try
            {
                Console.WriteLine(Draw(path, folder));
                drawn++;
            }
            catch (Exception fault) when (fault is FaceLoupeException or IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"faceloupe-train: {fault.Message.ReplaceLineEndings(" ")}");
            }
        }

        return drawn == metrics.Length ? 0 : drawn > 0 ? 1 : 2;
    }

    private static string Draw(string path, string folder)
    {
        if (!File.Exists(path))
        {
            throw new FaceLoupeException($"{path}: there is no such file; give the metrics.jsonl of a stage.");
        }

        // ".../gan/metrics.jsonl" is called gan, ".../gan-2.jsonl" gan-2.
        var file = Path.GetFileNameWithoutExtension(path);
        var name = file == "metrics" ? Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)))! : file;
        var target = Path.Combine(folder, name + ".svg");
        AtomicFile.WriteAllText(target, MetricsFigure.Svg(name, File.ReadLines(path)));
        return target;
    }
}
