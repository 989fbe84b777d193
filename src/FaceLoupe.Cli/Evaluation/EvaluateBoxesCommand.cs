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
        var annotations = new Option<string>("--annotations")
        {
            Description = "Annotation file: WIDER FACE's text, or COCO's .json.",
            HelpName = "FILE", Required = true,
        };
        var categories = new Option<string[]>("--categories")
        {
            Description = "Categories of a COCO file whose boxes count, as one kind of object; all others are "
                + "background. Default: face if the file has it, otherwise all.",
            HelpName = "NAME", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true,
        };
        var images = new Option<string>("--images")
        {
            Description = "The folder to which the names in the annotation file are relative.",
            HelpName = "DIR", Required = true,
        };
        var predictions = new Option<string?>("--predictions")
        {
            Description = "Score these predictions instead of running a model: what detect wrote in any format, or a "
                + "folder of WIDER FACE's, YOLO's or Pascal VOC's files, one per image.",
            HelpName = "PATH",
        };
        var model = new ModelFlags();
        var stages = new Option<bool>("--stages")
        {
            Description = "Also score the first stage alone.",
        };
        var threshold = new Option<double?>("--threshold")
        {
            Description =
                "Score at which false alarms are counted. Default: the model's threshold, or 0.5 for --predictions.",
            HelpName = "S", CustomParser = result => Numbers.ParseFinite(result),
        };
        var iou = new Option<float>("--iou")
        {
            Description =
                "Minimum IoU of a box and its face, above 0 and up to 1. At 0.3, differences between box conventions "
                + "hardly matter.",
            HelpName = "X", DefaultValueFactory = _ => new BoxEvaluationOptions().IouThreshold,
            CustomParser = result => Numbers.ParseNumber(result, 0.01, 1),
        };
        var proposalThreshold = new Option<float?>("--proposal-threshold")
        {
            Description = "Lowest first-stage score that reaches the second stage, from 0 to 1. Default: the model's.",
            HelpName = "S", CustomParser = result => Numbers.ParseShare(result),
        };
        var fullSearch = DetectorFlags.FullSearchFlag();
        var json = EvaluateOptions.Json();
        var plot = EvaluateOptions.Plot("Also draw precision against recall, as .svg or .png.");
        var report = EvaluateOptions.Report();
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
            (
                "faceloupe evaluate boxes --annotations wider_bbx_gt.txt --images images --report report",
                "the default model"),
            (
                "faceloupe evaluate boxes --annotations bbx.txt --images images --predictions faces.json",
                "what detect wrote"));
    }
}
