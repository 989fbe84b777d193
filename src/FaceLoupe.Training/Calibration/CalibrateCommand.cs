using System.CommandLine;
using FaceLoupe.Programs;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Calibration;

/// <summary><c>faceloupe-train calibrate</c>: fits fusion, scores and thresholds of an exported model.</summary>
internal static class CalibrateCommand
{
    private const float DefaultProposalThreshold = 0.02f;
    private const float DefaultBandLow = 0.3f;
    private const float DefaultBandHigh = 0.95f;

    public static Command Create()
    {
        var model = new Argument<string>("MODEL") { Description = "Folder of the model; its model.json is rewritten." };
        var folders = new Option<string[]>("--on")
        {
            Description = "Annotated folders (images/ and bbx_gt.txt) that were not used for training.",
            HelpName = "DIR", Required = true, AllowMultipleArgumentsPerToken = true,
        };
        var threshold = Numbers.Share(
            "--proposal-threshold", "Lowest stage 1 score of an RoI that is considered, from 0 to 1.",
            DefaultProposalThreshold);
        var bandLow = Numbers.Share(
            "--band-low", "Stage 1 score, from 0 to 1, below which stage 2 is skipped; 0: never.",
            DefaultBandLow);
        bandLow.Aliases.Add("--doubt-below");
        var bandHigh = Numbers.Share(
            "--band-high", "Stage 1 score, from 0 to 1, above which stage 2 is skipped; 1: never.",
            DefaultBandHigh);
        bandHigh.Aliases.Add("--doubt-above");
        var recalls = Numbers.Several(
            "--recall", "Recalls for which thresholds are stored.", 0.8, 0.9, 0.95, 0.98, 0.99);
        var hidden = Numbers.Several(
            "--hidden", "Shares of the faces hidden by masks for which thresholds are stored.", 0.9, 0.95, 0.97, 0.98,
            0.99);
        var keep = new Option<bool>("--keep-fusion")
        {
            Description = "Keep the weights of the two stages; fit only the scale of the scores.",
        };
        var candidates = TextOption.Optional(
            "--candidates", "FILE",
            "CSV file for the scores of both stages and the IoU of every RoI, to study fusion.");
        var threads = Numbers.Threads();
        var command = new Command(
            "calibrate", "Fit fusion, score scale and thresholds of an exported model on annotated images.")
        {
            model, folders, threshold, bandLow, bandHigh, recalls, hidden, keep, candidates, threads,
        };
        command.SetAction(parsed =>
        {
            using var stop = CleanStop.Listen();
            var run = new CalibrationRun(
                parsed.GetRequiredValue(model), parsed.GetRequiredValue(folders), parsed.GetValue(threshold),
                parsed.GetValue(bandLow), parsed.GetValue(bandHigh), parsed.GetValue(recalls)!,
                parsed.GetValue(hidden)!, parsed.GetValue(threads), parsed.GetValue(keep), parsed.GetValue(candidates));
            try
            {
                run.Run(Console.Out, stop.Token);
            }
            catch (OperationCanceledException)
            {
                // Nothing was written; the exit code tells why.
            }

            return stop.ExitCode;
        });
        return command;
    }
}
