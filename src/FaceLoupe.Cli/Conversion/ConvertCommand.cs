using System.CommandLine;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Conversion;

/// <summary><c>faceloupe convert</c>: annotations and predictions from one format to another.</summary>
internal static class ConvertCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("INPUT")
        {
            Description = "What to read: a file for wider annotations, coco, corrections, and voc predictions; "
                + "otherwise a folder.",
        };
        var output = new Argument<string>("OUTPUT") { Description = "What to write: a file or folder, as for INPUT." };
        var from = Format(
            "--from", "Format of INPUT; corrections: the file saved by the page of 'blur --review'.", "corrections");
        var to = Format("--to", "Format of OUTPUT.");
        var images = TextOption.Optional(
            "--images", "DIR", "The folder of the images; predictions need it for yolo only.");
        var categories = NewOption.Categories("Categories to take from COCO annotations.");
        var predictions = NewOption.Switch("--predictions", "Convert predictions instead of annotations.");
        var ids = TextOption.Optional(
            "--annotations", "FILE", "COCO annotations with the image ids of COCO predictions.");
        var command = new Command("convert", "Converts annotations or predictions between wider, coco, yolo and voc.")
        {
            input, output, from, to, images, categories, predictions, ids,
        };
        command.AddCheck(result =>
        {
            string[] formats = [result.GetValue(from) ?? string.Empty, result.GetValue(to) ?? string.Empty];
            var predicted = result.GetValue(predictions);
            if (predicted && formats[0] == "corrections")
            {
                result.AddError("--from corrections gives annotations and cannot be combined with --predictions.");
            }
            else if (result.GetValue(categories) is { Length: > 0 } && (predicted || formats[0] != "coco"))
            {
                result.AddError("--categories is for COCO annotations only: give --from coco, without --predictions.");
            }
            else if ((!predicted || formats.Contains("yolo")) && result.GetValue(images) is null)
            {
                result.AddError(
                    "Option '--images' is required: the images are checked, and some formats need their sizes.");
            }
            else if (predicted && formats.Contains("coco") && result.GetValue(ids) is null)
            {
                result.AddError(
                    "Option '--annotations' is required: COCO predictions name images by the ids of a COCO file.");
            }
        });
        command.SetAction(parsed => new ConvertRun(
            parsed.GetRequiredValue(input),
            parsed.GetRequiredValue(output),
            parsed.GetRequiredValue(from),
            parsed.GetRequiredValue(to),
            parsed.GetValue(images),
            parsed.GetValue(predictions),
            parsed.GetValue(ids),
            parsed.GetValue(categories) ?? [],
            parsed.InvocationConfiguration.Error).Run());
        return command.WithExamples(
            ("faceloupe convert wider_face_train_bbx_gt.txt coco.json --from wider --to coco --images images",
                "annotations"),
            ("faceloupe convert corrections.json photos.bbx.txt --from corrections --to wider --images photos",
                "reviewed corrections, to certify or train with"),
            ("faceloupe convert labels predictions --from yolo --to wider --images images --predictions",
                "predictions"));
    }

    private static Option<string> Format(string name, string description, params string[] more)
    {
        string[] formats = ["wider", "coco", "yolo", "voc", .. more];
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', formats), Required = true,
        };
        option.AcceptOnly(formats);
        return option;
    }
}
