using System.CommandLine;
using FaceLoupe.Programs;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Export;

/// <summary><c>faceloupe-train export</c>: makes a model folder of a finished training.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "Folder of the training run (its --run)." };
        var output = TextOption.Required("--out", "DIR", "Folder of the model, for example models/full.");
        var config = TextOption.Optional(
            "--config", "FILE",
            "Options file whose \"export\" part gives scales and thresholds; by default that of the "
                + "training.");
        var set = TextOption.Repeated("--set", "KEY=VALUE", "Override one option, for example export.threshold=0.4.");
        var command = new Command(
            "export", "Write the trained networks as ONNX files with a manifest, and check that their outputs match.")
        {
            run, output, config, set,
        };
        command.SetAction(parsed =>
        {
            var training = new TrainedRun(parsed.GetRequiredValue(run));
            var options = ConfigFile.Load<TrainingConfig>(
                parsed.GetValue(config) ?? training.FindConfig(), parsed.GetValue(set) ?? []);
            var manifest = new BundleExport(training).Write(
                parsed.GetRequiredValue(output), options.Export, DateTimeOffset.UtcNow, Console.Out);
            Console.WriteLine($"{parsed.GetRequiredValue(output)}: {manifest.Name} {manifest.Version}");
        });
        return command;
    }
}
