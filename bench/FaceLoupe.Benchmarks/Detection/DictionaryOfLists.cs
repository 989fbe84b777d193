namespace FaceLoupe.Benchmarks.Detection;

/// <summary>Lists by name.</summary>
internal static class DictionaryOfLists
{
    /// <summary>The list of a name, made where it is missing.</summary>
    public static List<T> GetOrAdd<T>(this Dictionary<string, List<T>> lists, string name)
    {
        if (!lists.TryGetValue(name, out var list))
        {
            lists[name] = list = [];
        }

        return list;
    }
}
