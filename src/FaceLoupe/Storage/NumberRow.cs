using System.Globalization;

namespace FaceLoupe.Storage;

/// <summary>A line of text that holds nothing but numbers with blanks between them.</summary>
internal static class NumberRow
{
    /// <summary>The numbers; null: not all of the words are numbers that a float holds.</summary>
    public static double[]? Parse(string line)
    {
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
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
