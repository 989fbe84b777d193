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
        var names = metrics.Select(NameOf).ToArray();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (path, name) in metrics.Zip(names))
        {
            try
            {
                // Two runs have stages of one name.
                var own = names.Count(name.Equals) > 1 && RunOf(path) is { Length: > 0 } run ? $"{run}-{name}" : name;
                var whole = FreeName.Of(own, taken.Add);
                Console.WriteLine(Draw(path, whole, Path.Combine(folder, whole + ".svg")));
                drawn++;
            }
            catch (Exception fault) when (fault is FaceLoupeException or IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"faceloupe-train: {fault.Message.ReplaceLineEndings(" ")}");
            }
        }

        return drawn == metrics.Length ? 0 : drawn > 0 ? 1 : 2;
    }

    private static string Draw(string path, string name, string target)
    {
        if (!File.Exists(path))
        {
            throw new FaceLoupeException($"{path}: there is no such file; give the metrics.jsonl of a stage.");
        }

        AtomicFile.WriteAllText(target, MetricsFigure.Svg(name, File.ReadLines(path)));
        return target;
    }

    // ".../gan/metrics.jsonl" is called gan, ".../gan-2.jsonl" gan-2.
    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path) is not "metrics" and var file
        ? file : Path.GetFileName(FolderOf(path));

    private static string RunOf(string path) => Path.GetFileName(
        Path.GetFileNameWithoutExtension(path) == "metrics" ? FolderOf(FolderOf(path)) : FolderOf(path));

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? string.Empty;
}
