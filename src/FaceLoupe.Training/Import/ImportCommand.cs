using System.CommandLine;
using FaceLoupe.Programs;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Stages;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Import;

/// <summary><c>faceloupe-train import</c>: makes a training run of an exported model.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var model =
            new Argument<string>("MODEL_DIR") { Description = "Folder of an exported model that is not quantised." };
        var config = TextOption.Required(
            "--config", "FILE", "Options file with the networks of the model, for example configs/default.json for "
                + "models/full.");
        var set = TextOption.Repeated("--set", "KEY=VALUE", "Override one option, for example canvas.size=128.");
        var run = TextOption.Required("--run", "DIR", "Folder of the training run to create.");
        var command = new Command(
            "import", "Turn an exported model back into a training run, for another one to start from (startFrom) or "
                + "to be distilled from (teacher.run).")
        {
            model, config, set, run,
        };
        command.SetAction(parsed =>
        {
            var options = ConfigFile.Load<TrainingConfig>(parsed.GetRequiredValue(config), parsed.GetValue(set) ?? []);
            var sampler = new CanvasSampler(Sources.Open(options.Data, "data"), options.Canvas, options.Seed);
            new BundleImport(new TrainedRun(parsed.GetRequiredValue(run)), options).Run(
                parsed.GetRequiredValue(model), sampler);
            Console.WriteLine(
                $"{parsed.GetRequiredValue(run)}: proposals, generator and gan of {parsed.GetRequiredValue(model)}");
        });
        return command;
    }
}
