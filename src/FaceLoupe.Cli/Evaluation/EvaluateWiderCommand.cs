using System.CommandLine;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Evaluation;

/// <summary><c>faceloupe evaluate wider</c>: the WIDER FACE validation set.</summary>
internal static class EvaluateWiderCommand
{
    public static Command Create()
    {
        var truth = TextOption.Optional(
            "--ground-truth", "DIR", "Folder of the official wider_{face,easy,medium,hard}_val.mat.");
        var predictions = TextOption.Optional(
            "--predictions", "DIR", "Folder of predictions in the submission layout, EVENT/IMAGE.txt.");
        var compare = TextOption.Optional(
            "--compare", "DIR",
            "Folder of published curves, wider_pr_info_*_val.mat, to compare with; can be used alone.");
        var name = new Option<string>("--name")
        {
            Description = "Name of the predictions in tables and plots.",
            HelpName = "NAME", DefaultValueFactory = _ => "FaceLoupe",
        };
        var images = TextOption.Optional(
            "--images", "DIR", "Folder of the images, EVENT/IMAGE.jpg, for the report's galleries.");
        var json = NewOption.Json();
        var plot = NewOption.Plot(
            "Also draw the curves, as .svg or .png: FILE with -easy, -medium and -hard before the extension.");
        var report = NewOption.Report();
        var command = new Command("wider", "The official WIDER FACE figures: easy, medium and hard average precision.")
        {
            truth, predictions, compare, name, images, json, plot, report,
        };
        command.Validators.Add(result =>
        {
            var (given, scored) = (result.GetResult(truth) is not null, result.GetResult(predictions) is not null);
            if (given != scored)
            {
                result.AddError(
                    $"{(given ? predictions.Name : truth.Name)} is needed too: the predictions are scored against the "
                        + "ground truth.");
            }
            else if (!given && result.GetResult(compare) is null)
            {
                result.AddError(
                    $"{truth.Name} and {predictions.Name} are required, or {compare.Name} for published curves alone.");
            }
        });
        command.SetAction(parsed => new EvaluateWiderRun(
            parsed.GetValue(truth),
            parsed.GetValue(predictions),
            parsed.GetValue(compare),
            parsed.GetRequiredValue(name),
            parsed.GetValue(images),
            parsed.GetValue(json),
            parsed.GetValue(plot),
            parsed.GetValue(report),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error).Run());
        return command.WithExamples(
            ("faceloupe evaluate wider --ground-truth wider_face_split --predictions predictions",
                "the official figures"),
            ("faceloupe evaluate wider --compare curves --plot pr.svg", "published curves alone"));
    }
}
