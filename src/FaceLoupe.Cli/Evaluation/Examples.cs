namespace FaceLoupe.Cli.Evaluation;

/// <summary>Long lists for people: how many, and the first few by name.</summary>
internal static class Examples
{
    private const int Shown = 5;

    /// <summary>One line such as "3 pictures have no predictions: a, b, c"; none for an empty list.</summary>
    public static IEnumerable<string> Note(IReadOnlyList<string> names, string one, string many)
    {
        if (names.Count > 0)
        {
            yield return FormattableString.Invariant($"{names.Count} {(names.Count == 1 ? one : many)}: ")
                + string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? ", ..." : string.Empty);
        }
    }
}
