using System.Globalization;

namespace FaceLoupe.Storage;

/// <summary>A line of numbers, separated by blanks.</summary>
internal static class NumberRow
{
    /// <summary>The words of a line.</summary>
    public static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The numbers of a line; null: not all of the words are numbers that a float holds.</summary>
    public static double[]? Parse(string line) => Parse(Words(line));

    /// <summary>The numbers of some words; null: not all of them are numbers that a float holds.</summary>
    public static double[]? Parse(ReadOnlySpan<string> words)
    {
        var numbers = new double[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])
                || !float.IsFinite((float)numbers[i]))
            {
                return null;
            }
        }

        return numbers;
    }
}
