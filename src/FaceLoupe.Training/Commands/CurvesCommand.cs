using System.CommandLine;
using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Commands;

/// <summary><c>faceloupe-train curves</c>: draws what a training wrote down of itself.</summary>
internal static class CurvesCommand
{
    public static Command Create()
    {
        var metrics = new Argument<string[]>("METRICS")
        {
            Description = "Files of metrics, such as runs/mine/gan/metrics.jsonl.", Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string>("--out") { Description = "Folder for the pictures, an SVG file a stage.", Required = true };
        var command = new Command("curves", "Draw the losses and measurements of trained stages.") { metrics, output };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetRequiredValue(output);
            Directory.CreateDirectory(folder);
            foreach (var path in parsed.GetRequiredValue(metrics))
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
                Console.WriteLine(target);
            }
        });
        return command;
    }
}
