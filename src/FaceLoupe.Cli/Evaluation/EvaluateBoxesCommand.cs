using System.CommandLine;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Evaluation;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Evaluation;

/// <summary><c>faceloupe evaluate boxes</c>: any annotated folder.</summary>
internal static class EvaluateBoxesCommand
{
    public static Command Create()
    {
        var annotations = TextOption.Required(
            "--annotations", "FILE", "Annotation file: WIDER FACE's text, or COCO's .json.");
        var categories = NewOption.Categories(
            "Categories of a COCO file whose boxes count, as one kind of object; all others are background.");
        var images = TextOption.Required(
            "--images", "DIR", "The folder to which the names in the annotation file are relative.");
        var predictions = TextOption.Optional(
            "--predictions", "PATH", "Score these predictions instead of running a model: what detect wrote in any "
                + "format, or a folder of WIDER FACE's, YOLO's or Pascal VOC's files, one per image.");
        var model = new ModelFlags();
        var stages = NewOption.Switch("--stages", "Also score the first stage alone.");
        var threshold = new Option<double?>("--threshold")
        {
            Description =
                "Score at which false alarms are counted. Default: the model's threshold, or 0.5 for --predictions.",
            HelpName = "S", CustomParser = Numbers.ParseFinite,
        };
        var iou = NewOption.Number(
            "--iou", "X", "Minimum IoU of a box and its face, above 0 and up to 1. At 0.3, differences between box "
                + "conventions hardly matter.", 0.01, 1, new BoxEvaluationOptions().IouThreshold);
        var proposalThreshold = NewOption.Share(
            "--proposal-threshold", "S",
            "Lowest first-stage score that reaches the second stage, from 0 to 1. Default: the model's.");
        var fullSearch = DetectorFlags.FullSearchFlag();
        var json = NewOption.Json();
        var plot = NewOption.Plot("Also draw precision against recall, as .svg or .png.");
        var report = NewOption.Report();
        var command = new Command(
            "boxes", "Average precision, recall and false alarms by face size, on any annotated folder.")
        {
            annotations, categories, images, predictions, stages, threshold, iou, proposalThreshold, fullSearch,
            json, plot, report,
        };
        model.AddTo(command);
        command.Validators.Add(result =>
        {
            var modelOnly = (Option[])[stages, proposalThreshold, fullSearch, .. model.All];
            if (result.GetResult(predictions) is not null
                && Array.Find(modelOnly, option => result.GetResult(option) is { Implicit: false }) is { } clash)
            {
                result.AddError($"{clash.Name} needs a model to run and cannot be combined with --predictions.");
            }
        });
        command.SetAction((parsed, cancellation) => Task.FromResult(new EvaluateBoxesRun(
            parsed.GetRequiredValue(annotations),
            parsed.GetValue(categories) ?? [],
            parsed.GetRequiredValue(images),
            parsed.GetValue(predictions),
            model.Choice(parsed),
            parsed.GetValue(stages),
            parsed.GetValue(threshold),
            parsed.GetValue(iou),
            parsed.GetValue(proposalThreshold),
            parsed.GetValue(fullSearch),
            parsed.GetValue(json),
            parsed.GetValue(plot),
            parsed.GetValue(report),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error).Run(cancellation)));
        return command.WithExamples(
            ("faceloupe evaluate boxes --annotations wider_bbx_gt.txt --images images --report report",
                "the default model"),
            ("faceloupe evaluate boxes --annotations bbx.txt --images images --predictions faces.json",
                "what detect wrote"));
    }
}
