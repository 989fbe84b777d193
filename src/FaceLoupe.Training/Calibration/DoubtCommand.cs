using System.CommandLine;
using System.Globalization;
using FaceLoupe.Imaging;

namespace FaceLoupe.Training.Calibration;

/// <summary><c>faceloupe-train doubt</c>: lines for bands of doubt, and how much work each band saves.</summary>
internal static class DoubtCommand
{
    private static readonly (float Low, float High)[] Bands =
        [(0, 0.99f), (0, 0.97f), (0, 0.9f), (0.2f, 1), (0.3f, 1), (0.2f, 0.97f), (0.3f, 0.97f), (0.3f, 0.9f)];

    public static Command Create()
    {
        var model = new Argument<string>("MODEL_DIR") { Description = "Folder of an exported model." };
        var pictures = new Argument<string>("PICTURES") { Description = "Folder of pictures that were not trained on; the first of them are used." };
        var count = new Option<int>("--count") { Description = "How many pictures at most. Default 50.", DefaultValueFactory = _ => 50 };
        var command = new Command(
            "doubt", "Fit what stands in for the second stage where the first one is sure (detection.doubt of model.json).")
        {
            model, pictures, count,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(model), parsed.GetRequiredValue(pictures), parsed.GetValue(count)));
        return command;
    }

    private static void Run(string model, string folder, int count)
    {
        if (!Directory.Exists(folder))
        {
            throw new FaceLoupeException($"{folder}: there is no such folder of pictures.");
        }

        using var bundle = Models.ModelBundle.Open(model);

        // Every candidate, also those that overlap: each is one more pair of opinions.
        var detection = bundle.Manifest.Detection with { Doubt = null, FinalNms = 1 };
        using var detector = new FaceLoupeDetector(bundle, new DetectorOptions { MinScore = 0, Detection = detection });
        var logits = Directory.GetFiles(folder).Where(PictureFile.HasPictureExtension).Order(StringComparer.Ordinal).Take(count)
            .SelectMany(path => detector.Detect(path).Faces)
            .Where(face => face.Stage2Logit is not null)
            .Select(face => (face.Proposal.Logit, face.Stage2Logit!.Value)).ToArray();
        if (logits.Length == 0)
        {
            throw new FaceLoupeException($"{folder}: no picture in it gave a single candidate; give pictures with people.");
        }

        Console.WriteLine("| low | high | slope | offset | candidates saved | error in logits |\n|---:|---:|---:|---:|---:|---:|");
        foreach (var fit in Bands.Select(band => DoubtFit.Of(logits, band.Low, band.High)))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {fit.Section.Low} | {fit.Section.High} | {fit.Section.Slope:0.000} | {fit.Section.Offset:0.000} | "
                + $"{fit.SureShare:0.0%} | {fit.Error:0.00} |"));
        }
    }
}
