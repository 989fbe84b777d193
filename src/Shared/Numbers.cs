using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace FaceLoupe.Programs;

/// <summary>
/// Numbers on a command line, in the invariant culture, with faults that name the option. Linked into both programs,
/// since the library does not use a command-line parser.
/// </summary>
internal static class Numbers
{
    /// <summary>A number and what is counted: "1 box", "2 boxes".</summary>
    /// <param name="number">The number.</param>
    /// <param name="noun">What is counted, in the singular.</param>
    /// <param name="plural">The plural; null: with an "s".</param>
    public static string Count(long number, string noun, string? plural = null) =>
        FormattableString.Invariant($"{number} {(number == 1 ? noun : plural ?? noun + "s")}");

    /// <summary>The largest number of threads that is accepted.</summary>
    public const int MostThreads = 1024;

    /// <summary>A finite number.</summary>
    public static double? ParseFinite(ArgumentResult result) => Parse(result, double.IsFinite, "a finite number");

    /// <summary>A number from 0 to 1.</summary>
    public static float? ParseShare(ArgumentResult result) =>
        (float?)Parse(result, number => number is >= 0 and <= 1, "a number from 0 to 1");

    /// <summary>A number above 0 and up to 1.</summary>
    public static double ParsePart(ArgumentResult result) =>
        Parse(result, number => number is > 0 and <= 1, "a number above 0 and up to 1") ?? 1;

    /// <summary>A number in a closed range.</summary>
    public static float ParseNumber(ArgumentResult result, double least, double most) =>
        (float)ParseBetween(result, least, most);

    /// <summary>A whole number in a closed range.</summary>
    public static int ParseWhole(ArgumentResult result, int least, int most) => (int?)Parse(
        result,
        number => number >= least && number <= most && number == Math.Floor(number),
        FormattableString.Invariant($"a whole number from {least} to {most}")) ?? least;

    /// <summary>An option that takes a whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="what">What it means.</param>
    /// <param name="unit">Placeholder for the number in the help.</param>
    /// <param name="least">Smallest number.</param>
    /// <param name="most">Largest number.</param>
    /// <param name="otherwise">The default.</param>
    public static Option<int> Whole(
        string name, string what, string unit, int least, int most, int otherwise) => new(name)
    {
        Description = what,
        HelpName = unit, DefaultValueFactory = _ => otherwise, CustomParser = result => ParseWhole(result, least, most),
    };

    /// <summary>An option that takes a number from 0 to 1.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="what">What it means.</param>
    /// <param name="otherwise">The default.</param>
    public static Option<float> Share(string name, string what, float otherwise) => new(name)
    {
        Description = what, HelpName = "S",
        DefaultValueFactory = _ => otherwise, CustomParser = result => ParseShare(result) ?? otherwise,
    };

    /// <summary>An option that takes a number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="what">What it means.</param>
    /// <param name="least">Smallest number.</param>
    /// <param name="most">Largest number.</param>
    /// <param name="otherwise">The default.</param>
    public static Option<double> Number(
        string name, string what, double least, double most, double otherwise) => new(name)
    {
        Description = what, HelpName = "X",
        DefaultValueFactory = _ => otherwise, CustomParser = result => ParseBetween(result, least, most),
    };

    /// <summary>An option that takes one finite number or more.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="what">What it means.</param>
    /// <param name="otherwise">The default.</param>
    public static Option<double[]> Several(string name, string what, params double[] otherwise) => new(name)
    {
        Description = what, HelpName = "X", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => otherwise,
        CustomParser = result => [.. result.Tokens.Select(token =>
            Parse(result, token.Value, double.IsFinite, "a finite number") ?? 0)],
    };

    /// <summary>The option for the threads of networks.</summary>
    public static Option<int> Threads(string what = "Threads of the networks; 0: one per core.") =>
        Whole("--threads", what, "N", 0, MostThreads, 0);

    private static double ParseBetween(ArgumentResult result, double least, double most) => Parse(
        result,
        number => number >= least && number <= most,
        FormattableString.Invariant($"a number from {least} to {most}")) ?? least;

    private static double? Parse(ArgumentResult result, Func<double, bool> fits, string expected) =>
        Parse(result, result.Tokens[0].Value, fits, expected);

    private static double? Parse(ArgumentResult result, string text, Func<double, bool> fits, string expected)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && fits(number))
        {
            return number;
        }

        result.AddError($"{(result.Parent as OptionResult)?.Option.Name} is '{text}', not {expected}.");
        return null;
    }
}
