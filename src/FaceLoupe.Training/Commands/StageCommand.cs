using System.CommandLine;
using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Commands;

/// <summary>Options that every verb which trains shares.</summary>
internal sealed class StageCommand
{
    private readonly Option<string?> config = new("--config") { Description = "Options file, for example configs/default.json." };
    private readonly Option<string[]> set = new("--set")
    {
        Description = "Override one option, for example proposals.steps=500; may be repeated.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> run = new("--run") { Description = "Folder of this run.", Required = true };
    private readonly Option<bool> resume = new("--resume") { Description = "Go on from the run's latest checkpoint." };
    private readonly Option<int> threads = new("--threads") { Description = "Threads of libtorch; 0 for all cores." };

    public StageCommand(string name, string description)
    {
        Command = new Command(name, description) { config, set, run, resume, threads };
    }

    public Command Command { get; }

    /// <summary>Runs the stage with its options read, its run folder open and Ctrl-C wired to a clean stop.</summary>
    public void Handle(Action<TrainingConfig, RunDirectory, ParseResult, CancellationToken> train)
    {
        Command.SetAction(parsed =>
        {
            var options = ConfigFile.Load<TrainingConfig>(parsed.GetValue(config), parsed.GetValue(set) ?? []);
            if (parsed.GetValue(threads) is > 0 and var count)
            {
                TorchSharp.torch.set_num_threads(count);
            }

            using var directory = RunDirectory.Create(parsed.GetRequiredValue(run), parsed.GetValue(resume));
            directory.Describe(options, RunInfo.Capture(Command.Name, options.Seed, "cpu"));
            using var stop = new StopSignal();
            train(options, directory, parsed, stop.Token);
            return stop.ExitCode;
        });
    }
}
