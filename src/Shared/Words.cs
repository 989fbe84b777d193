using System.CommandLine;
using System.CommandLine.Parsing;

namespace FaceLoupe.Programs;

/// <summary>
/// Words on a command line: which ones an option accepts, and suggestions for unknown ones. Linked into both programs,
/// as <see cref="Numbers"/> is.
/// </summary>
internal static class Words
{
    /// <summary>Accepts some words only; shells complete them.</summary>
    public static void AcceptOnly(this Option option, params string[] words)
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result => RefuseOthers(result, option.Name, words, StringComparer.Ordinal));
    }

    /// <summary>Accepts some words only; shells complete them.</summary>
    public static void AcceptOnly(this Argument<string> argument, params string[] words)
    {
        argument.CompletionSources.Add(words);
        argument.Validators.Add(result => RefuseOthers(result, argument.Name, words, StringComparer.Ordinal));
    }

    /// <summary>An option whose values are the names of an enum, in lower case; any case is accepted.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="what">What it means.</param>
    public static Option<T> OneOf<T>(string name, string what)
        where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(word => word.ToLowerInvariant())];
        var option = new Option<T>(name)
        {
            Description = what, HelpName = string.Join('|', words),
            CustomParser = result =>
            {
                RefuseOthers(result, name, words, StringComparer.OrdinalIgnoreCase);
                return Enum.TryParse<T>(result.Tokens[0].Value, true, out var value) ? value : default;
            },
        };
        option.CompletionSources.Add(words);
        return option;
    }

    /// <summary>Says that a word is unknown, and which known one is similar, if any.</summary>
    /// <param name="kind">The kind of word, such as "option".</param>
    /// <param name="given">The word.</param>
    /// <param name="known">The known words.</param>
    public static string ThereIsNo(string kind, string given, IEnumerable<string> known) =>
        Spelling.Nearest(given, known) is { } meant
            ? $"There is no {kind} '{given}'; did you mean '{meant}'?"
            : $"There is no {kind} '{given}'.";

    /// <summary>
    /// The option that lacks its value, null if none does: in "detect a.png --out --quiet" the parser takes the second
    /// option for the value of the first.
    /// </summary>
    public static string? OptionWithoutValue(CommandResult command)
    {
        var names = command.Command.Options.SelectMany(option => option.Aliases.Prepend(option.Name)).ToHashSet();
        return command.Children.OfType<OptionResult>()
            .Where(result => !result.Implicit && result.Option.Arity.MinimumNumberOfValues > 0)
            .FirstOrDefault(result =>
                result.Tokens.Count == 0 || result.Tokens.Any(token => names.Contains(token.Value)))
            ?.Option.Name;
    }

    private static void RefuseOthers(SymbolResult result, string name, string[] words, StringComparer comparer)
    {
        if (result.Tokens.FirstOrDefault(token => !words.Contains(token.Value, comparer)) is { } other)
        {
            result.AddError($"{name} is '{other.Value}', not {string.Join(", ", words[..^1])} or {words[^1]}.");
        }
    }
}
