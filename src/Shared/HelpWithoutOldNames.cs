using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace FaceLoupe.Programs;

/// <summary>
/// Help that shows current option names only. Long aliases are former names, which are still parsed so that older
/// scripts run.
/// </summary>
internal sealed class HelpWithoutOldNames(SynchronousCommandLineAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    /// <summary>Makes the help of a program hide old names.</summary>
    /// <param name="root">The program's verbs.</param>
    public static void ShowIn(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithoutOldNames((SynchronousCommandLineAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        // Parsing is done, so the aliases are no longer needed.
        foreach (var option in parseResult.CommandResult.Command.Options)
        {
            foreach (var alias in option.Aliases.Where(IsOldName).ToArray())
            {
                option.Aliases.Remove(alias);
            }
        }

        return help.Invoke(parseResult);
    }

    private static bool IsOldName(string alias) => alias.StartsWith("--", StringComparison.Ordinal);
}
