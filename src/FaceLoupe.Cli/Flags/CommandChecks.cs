using System.CommandLine;
using System.CommandLine.Parsing;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Flags;

/// <summary>Checks of combinations of options.</summary>
internal static class CommandChecks
{
    /// <summary>
    /// Adds a check that reads values. It is skipped if an option lacks its value: the parser reports that, but only
    /// after the checks, where reading the value would throw.
    /// </summary>
    public static void AddCheck(this Command command, Action<CommandResult> check) => command.Validators.Add(result =>
    {
        try
        {
            check(result);
        }
        catch (InvalidOperationException)
        {
            // Reported by the parser.
        }
    });

    /// <summary>Refuses an unknown option among the inputs; the parser takes it for an input.</summary>
    /// <param name="result">The inputs.</param>
    /// <param name="taken">An input that may look like an option; null: none.</param>
    public static void RefuseUnknownOptions(ArgumentResult result, string? taken = null)
    {
        var unknown = result.Tokens.FirstOrDefault(token =>
            token.Value.StartsWith('-') && token.Value != taken && !Path.Exists(token.Value));
        if (unknown is not null)
        {
            result.AddError(Words.ThereIsNo("option", unknown.Value, OptionsAround(result)));
        }
    }

    /// <summary>The names of the options allowed in the place of a symbol.</summary>
    public static IEnumerable<string> OptionsAround(SymbolResult result)
    {
        for (var at = result; at is not null; at = at.Parent)
        {
            if (at is CommandResult command)
            {
                foreach (var option in command.Command.Options.Where(option => !option.Hidden))
                {
                    yield return option.Name;
                }
            }
        }
    }
}
