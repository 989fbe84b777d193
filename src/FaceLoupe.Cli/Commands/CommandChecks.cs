using System.CommandLine;
using System.CommandLine.Parsing;

namespace FaceLoupe.Cli.Commands;

/// <summary>Checks of options that do not go together.</summary>
internal static class CommandChecks
{
    /// <summary>
    /// Adds a check that reads values. It is left out where an option lacks its value: the parser tells that, but only
    /// after the checks, in which reading the value would throw.
    /// </summary>
    public static void AddCheck(this Command command, Action<CommandResult> check) => command.Validators.Add(result =>
    {
        try
        {
            check(result);
        }
        catch (InvalidOperationException)
        {
            // Told by the parser.
        }
    });
}
