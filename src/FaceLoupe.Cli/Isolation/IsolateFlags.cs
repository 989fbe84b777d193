using System.CommandLine;
using System.CommandLine.Parsing;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Isolation;

/// <summary>The options for decoding in separate processes.</summary>
internal sealed class IsolateFlags
{
    /// <summary>Maximum of the memory limit, in MB.</summary>
    public const int MostMemory = 1_000_000;

    private const int LeastMemory = 200;
    private const int UsualMemory = 4_000;

    private readonly Option<bool> _isolate = NewOption.Switch(
        "--isolate", "Decode in a separate process: if a file crashes it, or --timeout ends it, only that file fails, "
            + "and a new process takes over.");

    private readonly Option<int?> _memory = new("--isolate-memory")
    {
        Description = FormattableString.Invariant(
            $"Memory limit of such a process, in MB; Linux only. Default: {UsualMemory}."),
        HelpName = "MB", CustomParser = result => Numbers.ParseWhole(result, LeastMemory, MostMemory),
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_isolate);
        command.Options.Add(_memory);
        command.AddCheck(Check);
    }

    /// <summary>The limits; null: decoding in this process.</summary>
    public IsolationLimits? Limits(ParseResult parsed) =>
        parsed.GetValue(_isolate) ? new IsolationLimits(parsed.GetValue(_memory) ?? UsualMemory) : null;

    private void Check(CommandResult result)
    {
        if (result.GetValue(_memory) is null)
        {
            return;
        }

        if (!result.GetValue(_isolate))
        {
            result.AddError("--isolate-memory is for --isolate; give that too.");
        }
        else if (!OperatingSystem.IsLinux())
        {
            result.AddError("--isolate-memory works on Linux only; leave it out.");
        }
    }
}
