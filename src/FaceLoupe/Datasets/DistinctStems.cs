namespace FaceLoupe.Datasets;

/// <summary>
/// Refuses images whose names differ in nothing but their extension, where a file for each has the name without it.
/// </summary>
internal static class DistinctStems
{
    /// <summary>Checks the names of all images of a set.</summary>
    /// <param name="place">The file or folder that names them, for the message.</param>
    /// <param name="names">Names of images, relative to their folder. The same name twice is not refused.</param>
    /// <param name="stemOf">What is left of a name without its extension.</param>
    /// <param name="comparer">
    /// How stems are compared: files that are written need <see cref="StringComparer.OrdinalIgnoreCase"/>, as some file
    /// systems tell no case apart.
    /// </param>
    /// <exception cref="FaceLoupeException">Two different names have the same stem.</exception>
    public static void Require(
        string place, IEnumerable<string> names, Func<string, string> stemOf, StringComparer comparer)
    {
        var first = new Dictionary<string, string>(comparer);
        foreach (var name in names)
        {
            var stem = stemOf(name);
            if (!first.TryAdd(stem, name) && first[stem] != name)
            {
                throw new FaceLoupeException(
                    $"{place}: {first[stem]} and {name} differ in nothing but the extension or the case of "
                    + "letters, and a file for each image has its name without these; rename one of the two.");
            }
        }
    }
}
