using System.CommandLine;
using FaceLoupe.Cli.Terminal;

namespace FaceLoupe.Cli.Evaluation;

/// <summary><c>faceloupe evaluate fddb</c>: the FDDB benchmark.</summary>
internal static class EvaluateFddbCommand
{
    public static Command Create()
    {
        var folds = new Option<string>("--folds")
        {
            Description = "Folder of FDDB-fold-NN-ellipseList.txt.",
            HelpName = "DIR", Required = true,
        };
        var predictions = new Option<string>("--predictions")
        {
            Description = "Detections in FDDB's layout, rectangles or ellipses: a file, or a folder of them.",
            HelpName = "PATH", Required = true,
        };
        var json = EvaluateOptions.Json();
        var plot = EvaluateOptions.Plot("Also draw both curves, as .svg or .png.");
        var command = new Command("fddb", "FDDB: true positive rates at 500, 1,000 and 2,000 false positives.")
        {
            folds, predictions, json, plot,
        };
        command.SetAction(parsed => new EvaluateFddbRun(
            parsed.GetRequiredValue(folds),
            parsed.GetRequiredValue(predictions),
            parsed.GetValue(json),
            parsed.GetValue(plot),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error).Run());
        return command.WithExamples(
            (
                "faceloupe evaluate fddb --folds FDDB-folds --predictions detections.txt --plot roc.svg",
                "with its curves"));
    }
}
