using System.CommandLine;
using System.CommandLine.Parsing;
using FaceLoupe.Models;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Flags;

/// <summary>
/// The options by which a verb says which model runs, and on what: one place for all verbs that run one.
/// </summary>
internal sealed class ModelFlags
{
    private readonly Option<string?> _model = new("--model")
    {
        Description = $"Folder of the model, or the name of one that comes with the program. Default: "
            + $"{ModelBundle.DefaultName}.",
        HelpName = "DIR|NAME",
    };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "Threads for one run of a network. Default: one per core.",
        HelpName = "N", CustomParser = result => Numbers.ParseWhole(result, 0, 1024),
    };

    private readonly Option<Device> _device = new("--device")
    {
        Description =
            "What the networks run on. Where it is not available the processor does, and a line says why. Default: "
                + "cpu.",
        HelpName = "cpu|cuda|directml|coreml", CustomParser = ParseDevice,
    };

    public ModelFlags() =>
        _device.CompletionSources.Add([.. Enum.GetNames<Device>().Select(name => name.ToLowerInvariant())]);

    /// <summary>The options.</summary>
    public IReadOnlyList<Option> All => [_model, _threads, _device];

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was chosen.</summary>
    public ModelChoice Choice(ParseResult parsed) =>
        new(parsed.GetValue(_model), parsed.GetValue(_threads), parsed.GetValue(_device));

    private static Device ParseDevice(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        foreach (var device in Enum.GetValues<Device>())
        {
            if (text.Equals(device.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return device;
            }
        }

        result.AddError($"--device is '{text}', not cpu, cuda, directml or coreml.");
        return Device.Cpu;
    }
}
