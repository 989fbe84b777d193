using System.CommandLine;
using FaceLoupe.Datasets;
using FaceLoupe.Programs;
using FaceLoupe.Storage;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Commands;

/// <summary><c>faceloupe-train shrink</c>: writes a data set with smaller images.</summary>
internal static class ShrinkCommand
{
    public static Command Create()
    {
        var images = SplitCommand.Images();
        var annotations = TextOption.Optional(
            "--annotations", "FILE", "Annotations instead of the folder's own: the text of WIDER FACE, or COCO.");
        var width = Numbers.Whole(
            "--width", "Maximum width; smaller images stay as they are.", "PX", 1, ShrunkSet.MostWidth, 416);
        var output = TextOption.Required("--out", "DIR", "Folder for images/, with PNG files, and bbx_gt.txt.");
        var command = new Command("shrink", "Write annotated images at a smaller size; faces below 6 px are flagged "
            + "invalid there.")
        {
            images, annotations, width, output,
        };
        command.SetAction(parsed =>
        {
            var source = new SourceOptions
            {
                Folder = parsed.GetRequiredValue(images), Annotations = parsed.GetValue(annotations),
            };
            var pictures = source.OpenFolder().Pictures;
            var folder = parsed.GetRequiredValue(output);
            OwnInput.Refuse("--out", folder, source.Folder);
            OwnInput.Refuse("--out", Path.Combine(folder, WiderFaceDataset.AnnotationFileName), source.Annotations);
            OwnInput.Refuse(
                "--out",
                Path.Combine(folder, "images"),
                pictures.Select(picture => Path.GetDirectoryName(picture.Path)).Distinct());
            ShrunkSet.Write(pictures, parsed.GetValue(width), folder);
            Console.WriteLine($"{folder}: {Numbers.Count(pictures.Count, "image")}");
        });
        return command;
    }
}
