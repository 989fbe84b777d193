using System.CommandLine;
using FaceLoupe.Programs;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Workspace;
using TorchSharp;

namespace FaceLoupe.Training.Stages;

/// <summary>The common options of all training verbs.</summary>
internal sealed class StageCommand
{
    private readonly Option<string?> config = TextOption.Optional(
        "--config", "FILE",
        "Options file, for example configs/default.json. Default: that of the resumed stage or of the "
            + "run's first stage.");

    private readonly Option<string[]> set = TextOption.Repeated(
        "--set", "KEY=VALUE", "Override one option, for example proposals.steps=500; may be repeated.");

    private readonly Option<string> run =
        TextOption.Required("--run", "DIR", "Folder of the training run; every stage has its own folder in it.");

    private readonly Option<bool> resume = new("--resume")
    {
        Description = "Continue from the stage's latest checkpoint.",
    };
    private readonly Option<int> threads = Numbers.Threads("Threads of libtorch; 0: one per core.");

    private readonly Option<string> device =
        TextOption.Default("--device", "NAME", "Device to train on: cpu, cuda or cuda:N.", "cpu");

    private readonly PretrainedOption? pretrained;

    /// <param name="name">The verb.</param>
    /// <param name="description">What it does.</param>
    /// <param name="hasTrunk">Whether the stage trains a trunk that may start from ImageNet weights.</param>
    public StageCommand(string name, string description, bool hasTrunk = false)
    {
        Command = new Command(name, description) { config, set, run, resume, device, threads };
        pretrained = hasTrunk ? new PretrainedOption(Command) : null;
    }

    public Command Command { get; }

    /// <summary>Runs the stage with its options read, its run folder open and Ctrl-C wired to a clean stop.</summary>
    public Command Handle(Action<StageContext, CancellationToken> train)
    {
        Command.SetAction(parsed =>
        {
            var training = new TrainedRun(parsed.GetRequiredValue(run));
            var options = ConfigFile.Load<TrainingConfig>(
                parsed.GetValue(config) ?? training.FindConfig(parsed.GetValue(resume) ? Command.Name : null),
                parsed.GetValue(set) ?? []);
            var opened = TrainingDevice.Open(parsed.GetRequiredValue(device));
            if (parsed.GetValue(threads) is > 0 and var count)
            {
                torch.set_num_threads(count);
            }

            torch.manual_seed((long)options.Seed);
            using var directory = RunDirectory.Create(training.StageFolder(Command.Name), parsed.GetValue(resume));
            directory.Describe(options, RunInfo.Capture(Command.Name, options.Seed, opened.ToString()));
            using var stop = CleanStop.Listen();
            try
            {
                train(new StageContext(options, directory, training, pretrained?.Folder(parsed), opened), stop.Token);
            }
            catch (FaceLoupeException)
            {
                directory.RemoveUnused();
                throw;
            }
            finally
            {
                directory.RestoreUnused();
            }

            return stop.ExitCode;
        });
        return Command;
    }
}
