namespace FaceLoupe.Programs;

/// <summary>The edit distance of words, for messages that suggest what was meant.</summary>
internal static class Spelling
{
    /// <summary>
    /// Edits between two words, case aside: letters put in, left out or replaced, and neighbours that changed places.
    /// </summary>
    public static int Distance(string a, string b)
    {
        var (before, above, row) = (
            new int[b.Length + 1], Enumerable.Range(0, b.Length + 1).ToArray(), new int[b.Length + 1]);
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = above[j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
                row[j] = Math.Min(Math.Min(above[j], row[j - 1]) + 1, replaced);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, above, row) = (above, row, before);
        }

        return above[b.Length];
    }

    /// <summary>
    /// The known word that was probably meant: begun with what was given, or a few letters off; null: none.
    /// </summary>
    /// <param name="given">What was written.</param>
    /// <param name="known">The words there are.</param>
    public static string? Nearest(string given, IEnumerable<string> known) => known
        .Select(word => (Word: word, Edits: Begins(given, word) ? 0 : Distance(given, word)))
        .Where(pair => pair.Edits <= Math.Max(1, given.TrimStart('-').Length / 3))
        .OrderBy(pair => pair.Edits).ThenBy(pair => pair.Word, StringComparer.Ordinal)
        .Select(pair => pair.Word).FirstOrDefault();

    // "eval" for "evaluate"; one or two letters are too few.
    private static bool Begins(string given, string word) =>
        given.TrimStart('-').Length >= 3 && word.StartsWith(given, StringComparison.OrdinalIgnoreCase);

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
