using System.CommandLine;
using FaceLoupe.Evaluation.Wider;
using FaceLoupe.Predictions;

namespace FaceLoupe.Benchmarks;

/// <summary>
/// The evaluator of WIDER FACE on the whole validation set: 15 seconds on one core are allowed. Without the files, on
/// made-up data of the same size.
/// </summary>
internal static class WiderEvaluationBenchmark
{
    public static Command Command()
    {
        var truth = new Option<string>("--ground-truth")
        {
            Description = "Folder of the official MATLAB files.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "../shared/eval/wider",
        };
        var predictions = new Option<string>("--predictions")
        {
            Description = "Folder of predictions.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "../shared/eval/wider/detections",
        };
        var repeats = new Option<int>("--repeats")
        {
            Description = "How often each part is run, after a first run that does not count.",
            HelpName = "N",
            DefaultValueFactory = _ => 5,
        };
        var command = new Command("wider", "Scores the WIDER FACE validation set.") { truth, predictions, repeats };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(truth), parsed
                .GetRequiredValue(predictions), Math.Max(parsed.GetValue(repeats), 1)));
        return command;
    }

    private static void Run(string truthFolder, string predictionsFolder, int repeats)
    {
        Measurement.UseOneCore();
        if (!Directory.Exists(truthFolder) || !Directory.Exists(predictionsFolder))
        {
            Console.WriteLine(
                $"{truthFolder} or {predictionsFolder} is missing: made-up data of the same size instead.");
            var (made, boxes) = MadeUpWider.Make(seed: 1);
            Print(Measurement.Of(
                "match and score", repeats, () => WiderFaceEvaluator.Evaluate(made, key => boxes[key])));
            return;
        }

        var truth = Measurement.Of("read the ground truth", repeats, () => WiderFaceGroundTruth.Read(truthFolder));
        var read = Measurement.Of("read the predictions", repeats, () => PredictionSet.ReadWider(predictionsFolder));
        Measurement.Of("match and score", repeats, () => WiderFaceEvaluator.Evaluate(truth, key => read.Pictures[key]));
        Print(Measurement.Of("all of it, from files to figures", repeats, () => WiderFaceEvaluator.Evaluate(
            WiderFaceGroundTruth.Read(truthFolder), PredictionFolder.Open(predictionsFolder))));
    }

    private static void Print(WiderFaceResult result) => Console.WriteLine(FormattableString.Invariant(
        $"{result.Pictures} images, {result.Predictions} boxes; AP ")
        + string.Join(" / ", result.Settings.Select(setting =>
            FormattableString.Invariant($"{setting.Official.AveragePrecision:0.0000}"))));
}
