using System.CommandLine;
using FaceLoupe.Programs;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Stages;
using FaceLoupe.Training.Workspace;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Commands;

/// <summary><c>faceloupe-train measure</c>: how well a trained generator restores validation RoIs.</summary>
internal static class MeasureRegionsCommand
{
    private const int SheetRegions = 24;

    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "Folder of the training run (its --run)." };
        var stage = TextOption.Default(
            "--stage", "NAME", "Whose generator: generator (the pixel-wise loss alone) or gan.", "gan");
        stage.AcceptOnly("generator", "gan");
        var count = Numbers.Whole("--regions", "Maximum number of RoIs to measure on.", "N", 1, int.MaxValue, 2000);
        var sheet = TextOption.Optional("--sheet", "FILE", "Also draw some: low resolution, bicubic, G1, G1+G2, real.");
        var command = new Command(
            "measure", "Print PSNR and SSIM of bicubic, G1 and G1+G2 on the mined validation RoIs.")
        {
            run, stage, count, sheet,
        };
        command.SetAction(parsed =>
        {
            var training = new TrainedRun(parsed.GetRequiredValue(run));
            var name = parsed.GetRequiredValue(stage);
            using var generator = training.LoadGenerator(name);
            using var discriminator = name == "gan" ? training.LoadDiscriminator() : null;
            using var regions = new RegionFile(training.ValidationRegions);
            var validation = new RegionValidation(regions, parsed.GetValue(count));
            Print(validation.Count, validation.Measure(generator, discriminator));
            if (parsed.GetValue(sheet) is { } path)
            {
                Draw(path, generator, regions);
            }
        });
        return command;
    }

    private static void Print(int count, IReadOnlyDictionary<string, double> values)
    {
        Console.WriteLine(FormattableString.Invariant($"{count} validation RoIs\n"));
        Console.WriteLine("| image | PSNR, dB | SSIM |\n|---|---:|---:|");
        foreach (var (picture, key) in new[] { ("bicubic", "Bicubic"), ("G1", "Upsampled"), ("G1 + G2", "Refined") })
        {
            Console.WriteLine(
                FormattableString.Invariant($"| {picture} | {values["psnr" + key]:F2} | {values["ssim" + key]:F4} |"));
        }

        if (values.TryGetValue("faceApGenerated", out var generated))
        {
            Console.WriteLine(FormattableString.Invariant(
                $"\nAP of \"face\" by D: {generated:F4} on generated RoIs, {values["faceApReal"]:F4} on real ones"));
        }

        if (values.TryGetValue("faceApNative", out var native))
        {
            Console.WriteLine(FormattableString.Invariant($"AP of \"face\" by D on native RoIs: {native:F4}"));
        }

        PrintLandmarks(values, "Generated");
        PrintLandmarks(values, "Native");
    }

    private static void PrintLandmarks(IReadOnlyDictionary<string, double> values, string kind)
    {
        if (!values.TryGetValue("landmarkDistance" + kind, out var distance))
        {
            return;
        }

        Console.WriteLine(FormattableString.Invariant($"\nlandmarks on {kind.ToLowerInvariant()} RoIs: ")
            + FormattableString.Invariant($"{distance:F4} sides of the proposal from the known ones"));
        if (values.TryGetValue("shapeOfFaces" + kind, out var faces))
        {
            Console.WriteLine(FormattableString.Invariant($"distance from the shape of a face: {faces:F4} of faces, ")
                + FormattableString.Invariant($"{values["shapeOfNonFaces" + kind]:F4} of non-faces"));
            var byWeight = values.Where(value => value.Key.StartsWith("faceApShape", StringComparison.Ordinal)
                && value.Key.EndsWith(kind, StringComparison.Ordinal));
            Console.WriteLine("AP of \"face\" with that distance taken off the logit, by weight: "
                + string.Join(", ", byWeight.Select(value => FormattableString.Invariant(
                    $"{value.Key["faceApShape".Length..^kind.Length]}: {value.Value:F4}"))));
        }
    }

    private static void Draw(string path, GeneratorNetwork generator, RegionFile regions)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        generator.eval();
        var batch = RegionBatch.Take(regions, [.. regions.Blurred.Take(SheetRegions)], []);
        var low = batch.Low();
        RegionSheet.Write(path, low, generator.forward(low), batch.High(), SheetRegions);
    }
}
