using System.Globalization;

namespace FaceLoupe.Cli.Sharding;

/// <summary>One part of a list, processed by one of several machines.</summary>
/// <param name="Index">Which part, from 0.</param>
/// <param name="Count">How many parts there are.</param>
internal readonly record struct Shard(int Index, int Count)
{
    /// <summary>Maximum number of parts.</summary>
    public const int Most = 100_000;

    /// <summary>The name without extension: <c>00003-of-00016</c>, as in data sets.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Index:00000}-of-{Count:00000}");

    /// <summary>Reads <c>3/16</c>.</summary>
    /// <exception cref="FaceLoupeException">The text or the part is invalid.</exception>
    public static Shard Parse(string text)
    {
        if (text.Split('/') is not [var index, var count] || Whole(index) is not { } part
            || Whole(count) is not { } parts)
        {
            throw new FaceLoupeException(
                $"--shard is '{text}'; expected 'auto' or I/N, such as 0/16 for the first of sixteen parts.");
        }

        return Of(part, parts, $"--shard {text}");
    }

    /// <summary>A part, checked.</summary>
    /// <param name="index">Which part, from 0.</param>
    /// <param name="count">How many parts there are.</param>
    /// <param name="source">Where the numbers come from, for messages.</param>
    /// <exception cref="FaceLoupeException">There is no such part.</exception>
    public static Shard Of(long index, long count, string source)
    {
        if (count is < 1 or > Most)
        {
            throw new FaceLoupeException(FormattableString.Invariant(
                $"{source}: {count} parts are out of range; expected 1 to {Most}."));
        }

        return index >= 0 && index < count
            ? new Shard((int)index, (int)count)
            : throw new FaceLoupeException(FormattableString.Invariant(
                $"{source}: part {index} is out of range; {count} parts are numbered from 0 to {count - 1}."));
    }

    /// <summary>
    /// The lines of a list that belong to the part: a block, so that joined parts keep the list's order.
    /// </summary>
    /// <param name="lines">How many lines the list has.</param>
    /// <returns>The first line, from 0, and how many.</returns>
    public (long First, long Length) BlockOf(long lines)
    {
        var first = Index * lines / Count;
        return (first, ((Index + 1) * lines / Count) - first);
    }

    private static long? Whole(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
