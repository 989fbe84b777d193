using System.CommandLine;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Evaluation;

/// <summary><c>faceloupe evaluate fddb</c>: the FDDB benchmark.</summary>
internal static class EvaluateFddbCommand
{
    public static Command Create()
    {
        var folds = TextOption.Required("--folds", "DIR", "Folder of FDDB-fold-NN-ellipseList.txt.");
        var predictions = TextOption.Required(
            "--predictions", "PATH",
            "Detections in FDDB's layout, rectangles or ellipses: a file, or a folder of them.");
        var json = NewOption.Json();
        var plot = NewOption.Plot("Also draw both curves, as .svg or .png.");
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
            ("faceloupe evaluate fddb --folds FDDB-folds --predictions detections.txt --plot roc.svg",
                "with its curves"));
    }
}
