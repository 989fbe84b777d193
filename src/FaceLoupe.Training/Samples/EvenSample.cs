namespace FaceLoupe.Training.Samples;

/// <summary>Samples a list evenly, where its beginning would cover a few images only.</summary>
internal static class EvenSample
{
    /// <summary>At most this many of a list, spread evenly over it, in its order.</summary>
    /// <param name="all">The list.</param>
    /// <param name="most">The maximum number, at least 0.</param>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> all, int most) => all.Count <= most
        ? all
        : [.. Enumerable.Range(0, most).Select(i => all[(int)((long)i * all.Count / most)])];
}
