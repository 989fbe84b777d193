using System.Globalization;
using System.Text.RegularExpressions;

namespace FaceLoupe.Cli.Archives;

/// <summary>
/// Lists in braces, as data sets name their files: <c>train/{00000..00009}.tar</c>, <c>{a,b}.tar</c>.
/// </summary>
internal static partial class BraceList
{
    private const int Most = 1_000_000;

    /// <summary>The names that a text expands to; without braces, the text itself.</summary>
    /// <exception cref="FaceLoupeException">It expands to too many.</exception>
    public static IReadOnlyList<string> Expand(string text)
    {
        List<string> names = [text];
        while (Braces().Match(names[0]) is { Success: true })
        {
            names = [.. names.SelectMany(name => Words(Braces().Match(name))
                .Select(word => Braces().Replace(name, word.Replace("$", "$$", StringComparison.Ordinal), 1))).Take(
                    Most + 1)];
            if (names.Count > Most)
            {
                throw new FaceLoupeException(FormattableString.Invariant(
                    $"{text}: expands to more than {Most} files; use several lists, or --shard."));
            }
        }

        return names;
    }

    private static IEnumerable<string> Words(Match braces)
    {
        if (!braces.Groups["first"].Success)
        {
            return braces.Groups["words"].Value.Split(',');
        }

        var (first, last) = (braces.Groups["first"].Value, braces.Groups["last"].Value);
        var (from, to) = (Number(first), Number(last));

        // Leading zeros are kept: {08..10} is 08, 09, 10.
        var width = first[0] == '0' || last[0] == '0' ? Math.Max(first.Length, last.Length) : 1;
        var step = from <= to ? 1 : -1;
        return Enumerable.Range(0, (int)Math.Min(Math.Abs(to - from) + 1, Most + 1))
            .Select(
                i => (from + (i * step)).ToString(
                    "D" + width.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
    }

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{(?:(?<first>[0-9]{1,18})\.\.(?<last>[0-9]{1,18})|(?<words>[^{}]*,[^{}]*))\}")]
    private static partial Regex Braces();
}
