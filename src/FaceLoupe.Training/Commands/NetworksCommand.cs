using System.CommandLine;
using FaceLoupe.Programs;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Commands;

/// <summary><c>faceloupe-train networks</c>: the cost of a configuration's networks.</summary>
internal static class NetworksCommand
{
    public static Command Create()
    {
        var config = TextOption.Optional("--config", "FILE", "Options file. Default: the default options.");
        var set = TextOption.Repeated("--set", "KEY=VALUE", "Override one option.");
        var command = new Command(
            "networks", "Print parameters and multiply-accumulates of the networks of a configuration.")
        {
            config, set,
        };
        command.SetAction(parsed => Console.WriteLine(NetworkTable.Markdown(
            ConfigFile.Load<TrainingConfig>(parsed.GetValue(config), parsed.GetValue(set) ?? []))));
        return command;
    }
}
