using System.CommandLine;
using FaceLoupe.Programs;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Stages;
using TorchSharp;

namespace FaceLoupe.Training.Paper;

/// <summary><c>faceloupe-train paper</c>: from a folder of WIDER FACE to the paper's tables.</summary>
internal static class PaperCommand
{
    /// <param name="runVerb">Runs one verb of the program, by its arguments.</param>
    public static Command Create(Func<string[], int> runVerb)
    {
        var wider = new Argument<string>("WIDER_DIR")
        {
            Description = "Folder of WIDER FACE as downloaded: WIDER_train, WIDER_val, wider_face_split, eval_tools.",
        };
        var output = TextOption.Required(
            "--out", "DIR", "Folder of all results; to continue after a stop, repeat the command.");
        var scale = new Option<double>("--scale")
        {
            Description = "Share of the paper's steps and images; up to 0.01, a rehearsal with narrow networks.",
            HelpName = "X", DefaultValueFactory = _ => 1, CustomParser = Numbers.ParsePart,
        };
        var config = TextOption.Default("--config", "FILE", "The preset.", Path.Combine("configs", "paper.json"));
        var set = TextOption.Repeated("--set", "KEY=VALUE", "Override one option of the preset; may be repeated.");
        var seeds = TextOption.Optional(
            "--seeds", "N,N", "Seeds of the tables: a number of seeds (3), or a list (1,2,5).");
        var device = TextOption.Default(
            "--device", "NAME", "Device to train on: cpu, cuda or cuda:N. Evaluation runs on the CPU.", "cpu");
        var threads = Numbers.Threads();
        var curves = TextOption.Optional(
            "--curves", "DIR", "Folder of published curves of WIDER FACE, wider_pr_info_*_val.mat, for Figure 7.");
        var fddb = TextOption.Optional("--fddb", "DIR", "Folder of FDDB, its images and FDDB-folds, for Figure 9.");
        var fddbCurves = TextOption.Optional(
            "--fddb-curves", "DIR", "Folder of published curves of FDDB, *DiscROC.txt, for Figure 9.");
        var command = new Command("paper", "Run the paper's experiments: every stage, table and figure, and a report.")
        {
            wider, output, scale, config, set, seeds, curves, fddb, fddbCurves, device, threads,
        };
        var pretrained = new PretrainedOption(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(threads) is > 0 and var count)
            {
                torch.set_num_threads(count); // the estimate is timed with these
            }

            var call = new PaperCall(
                parsed.GetRequiredValue(wider), parsed.GetRequiredValue(output), parsed.GetRequiredValue(config),
                parsed.GetValue(scale), parsed.GetValue(set), parsed.GetValue(seeds), pretrained.Folder(parsed),
                parsed.GetValue(curves), parsed.GetValue(fddb), parsed.GetValue(fddbCurves),
                parsed.GetRequiredValue(device), parsed.GetValue(threads));
            var code = new PaperRun(call, runVerb, Console.Error).Run();
            Console.WriteLine(Path.Combine(call.Out, PaperReport.FileName));
            return code;
        });
        return command;
    }
}
