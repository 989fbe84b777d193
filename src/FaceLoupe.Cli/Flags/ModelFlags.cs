using System.CommandLine;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Flags;

/// <summary>
/// The options of verbs that run a model: which one, and on what.
/// </summary>
internal sealed class ModelFlags
{
    private readonly Option<string?> _model = NewOption.Model();

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "Threads for one run of a network. Default: one per core.",
        HelpName = "N", CustomParser = result => Numbers.ParseWhole(result, 0, Numbers.MostThreads),
    };

    private readonly Option<Device> _device = Words.OneOf<Device>(
        "--device", "What the networks run on. If it is not available, the CPU is used and a message says why. "
            + "Default: cpu.");

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
}
