using System.CommandLine;
using FaceLoupe.Datasets;
using FaceLoupe.Programs;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Samples;

namespace FaceLoupe.Training.Commands;

/// <summary><c>faceloupe-train split</c>: holds a share of a data set's images out of training.</summary>
internal static class SplitCommand
{
    private const double DefaultShare = 0.125;

    public static Command Create()
    {
        var images = Images();
        var share = Numbers.Number(
            "--held-out", "Share of the images to hold out, from 0 to 0.5, chosen by a hash of their names.",
            0, HeldOutSplit.MostShare, DefaultShare);
        var shrink = Numbers.Whole(
            "--shrink", "Also write the held-out images, shrunk to at most this width, and their annotations to "
                + "OUT/held-out; faces below 6 px are flagged invalid there. 0: do not.",
            "PX", 0, ShrunkSet.MostWidth, 0);
        var output = TextOption.Required(
            "--out", "DIR", "Folder for the annotation files training.txt and held-out.txt.");
        var command = new Command("split", "Hold out a share of the images from training, for model selection and "
            + "calibration.")
        {
            images, share, shrink, output,
        };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetRequiredValue(output);
            var (training, heldOut) = HeldOutSplit.Of(
                WiderFaceDataset.Open(parsed.GetRequiredValue(images)).Pictures, parsed.GetValue(share));
            foreach (var (name, part) in new[] { ("training", training), ("held-out", heldOut) })
            {
                WiderFaceDataset.Write(Path.Combine(folder, $"{name}.txt"), part);
                var faces = part.Sum(picture => picture.Faces.Count(face => !face.Invalid));
                Console.WriteLine(
                    $"{name}.txt: {Numbers.Count(part.Count, "image")}, {Numbers.Count(faces, "face")}");
            }

            if (parsed.GetValue(shrink) is > 0 and var width)
            {
                ShrunkSet.Write(heldOut, width, Path.Combine(folder, "held-out"));
            }
        });
        return command;
    }

    /// <summary>The option that names an annotated folder.</summary>
    public static Option<string> Images() => TextOption.Required(
        "--images", "DIR", "Folder of images with images/ and bbx_gt.txt, or WIDER FACE as downloaded.");
}
