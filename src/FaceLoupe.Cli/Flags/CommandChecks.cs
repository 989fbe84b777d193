using System.CommandLine;
using System.CommandLine.Parsing;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Flags;

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
            // Reported by the parser.
        }
    });

    /// <summary>Takes some words only; a shell completes them.</summary>
    public static void AcceptOnly(this Option<string> option, params string[] words)
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result => RefuseOthers(result, option.Name, result.Tokens, words));
    }

    /// <summary>Takes some words only; a shell completes them.</summary>
    public static void AcceptOnly(this Argument<string> argument, params string[] words)
    {
        argument.CompletionSources.Add(words);
        argument.Validators.Add(result => RefuseOthers(result, argument.Name, result.Tokens, words));
    }

    /// <summary>Refuses an unknown option among the inputs: the parser takes it for one more of them.</summary>
    /// <param name="result">The inputs.</param>
    /// <param name="taken">An input that may look like an option; null: none.</param>
    public static void RefuseUnknownOptions(ArgumentResult result, string? taken = null)
    {
        var unknown = result.Tokens.FirstOrDefault(token =>
            token.Value.StartsWith('-') && token.Value != taken && !Path.Exists(token.Value));
        if (unknown is not null)
        {
            result.AddError(ThereIsNo("option", unknown.Value, OptionsAround(result)));
        }
    }

    /// <summary>Says that a word is unknown, and which known one is near to it, if one is.</summary>
    /// <param name="kind">What it was taken for, such as "option".</param>
    /// <param name="given">The word.</param>
    /// <param name="known">The words there are.</param>
    public static string ThereIsNo(string kind, string given, IEnumerable<string> known) =>
        Spelling.Nearest(given, known) is { } meant
            ? $"There is no {kind} '{given}'; did you mean '{meant}'?"
            : $"There is no {kind} '{given}'.";

    /// <summary>The names of the options that may stand where a symbol does.</summary>
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

    private static void RefuseOthers(SymbolResult result, string name, IReadOnlyList<Token> given, string[] words)
    {
        if (given.FirstOrDefault(token => !words.Contains(token.Value)) is { } other)
        {
            result.AddError($"{name} is '{other.Value}', not {string.Join(", ", words[..^1])} or {words[^1]}.");
        }
    }
}
