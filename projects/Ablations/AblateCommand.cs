using System.CommandLine;
using System.Text.Json;
using FaceLoupe.Programs;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Stages;
using FaceLoupe.Training.Workspace;
using TorchSharp;

namespace FaceLoupe.Training.Ablations;

/// <summary><c>faceloupe-train ablate</c>: the tables of the paper, by one command each.</summary>
internal static class AblateCommand
{
    public static Command Create()
    {
        var table =
            new Argument<string>("TABLE") { Description = $"Which: {string.Join(", ", AblationTables.Names)}." };
        var config = TextOption.Optional(
            "--config", "FILE", "The preset that the rows modify, for example configs/ablation.json.");
        var set = TextOption.Repeated(
            "--set", "KEY=VALUE", "Override one option of the preset; the row's own changes are applied later.");
        var run = TextOption.Optional(
            "--run", "DIR",
            "Folder for tables and training runs; finished ones are reused. Default: runs/ablate-PRESET.");
        var seeds = TextOption.Optional(
            "--seeds", "N,N", "Number of seeds (3), or a list (1,2,5). Default: ablation.seeds.");
        var rows = TextOption.Optional("--rows", "NAMES", "Only these rows, separated by commas. Default: all.");
        var wider = TextOption.Optional("--wider", "DIR", "Folder of WIDER FACE, for easy, medium and hard.");
        var annotations = TextOption.Repeated(
            "--annotations", "FILE",
            "NAME=FILE or FILE: annotations to evaluate on instead of the preset's; may be repeated.");
        var images = TextOption.Repeated(
            "--images", "DIR", "Folder of the images of each --annotations, in the same order.");
        var threads = Numbers.Threads();
        var device = TextOption.Default(
            "--device", "NAME", "Device to train on: cpu, cuda or cuda:N. Evaluation runs on the CPU.", "cpu");
        var command = new Command(
            "ablate", "Train and evaluate the rows of a table of the paper; see docs/ablations.md.")
        {
            table, config, set, run, seeds, rows, wider, annotations, images, device, threads,
        };
        var pretrained = new PretrainedOption(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(threads) is > 0 and var count)
            {
                torch.set_num_threads(count);
            }

            string[] overrides =
            [
                .. parsed.GetValue(set) ?? [],
                .. Validation(parsed.GetValue(annotations) ?? [], parsed.GetValue(images) ?? []),
                .. parsed.GetValue(wider) is { } folder
                    ? (string[])[$"ablation.wider={JsonSerializer.Serialize(folder)}"] : [],
            ];
            var preset = ConfigFile.Load<TrainingConfig>(parsed.GetValue(config), overrides);
            var call = new AblationCall(
                parsed.GetRequiredValue(table), parsed.GetValue(config), overrides,
                Root: parsed.GetValue(run) ?? Path.Combine("runs", $"ablate-{preset.Name}"),
                Names(parsed.GetValue(rows)), parsed.GetValue(seeds), pretrained.Folder(parsed),
                parsed.GetRequiredValue(device), parsed.GetValue(threads));
            var ablation = new AblationRun(call, Console.Error);
            using var stop = CleanStop.Listen();
            var isComplete = ablation.Run(stop.Token);
            Console.WriteLine(File.ReadAllText(Path.Combine(call.Root, call.Table + ".md")));
            return stop.ExitCode != 0 ? stop.ExitCode : isComplete ? 0 : 1;
        });
        return command;
    }

    private static string[] Names(string? rows) =>
        rows?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static IEnumerable<string> Validation(string[] annotations, string[] images)
    {
        if (annotations.Length != images.Length)
        {
            throw new FaceLoupeException(
                $"{annotations.Length} --annotations and {images.Length} --images: every annotation file needs its "
                + "folder of images.");
        }

        var sets = annotations.Zip(images, (file, folder) =>
        {
            var named = file.Split('=', 2);
            return new { name = named.Length == 2 ? named[0] : "", annotations = named[^1], images = folder };
        }).ToArray();
        return sets.Length == 0 ? [] : [$"ablation.validation={JsonSerializer.Serialize(sets)}"];
    }
}
