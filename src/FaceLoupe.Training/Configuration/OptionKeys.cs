using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using FaceLoupe.Programs;

namespace FaceLoupe.Training.Configuration;

/// <summary>The keys of an options type, as dotted paths ("proposals.learningRate").</summary>
internal static class OptionKeys
{
    /// <summary>Every path to a value of the type, in the order of its properties.</summary>
    /// <param name="type">A type of options.</param>
    /// <param name="insideLists">Adds the keys of groups in lists and dictionaries: "sources[].path".</param>
    public static IReadOnlyList<string> Of(Type type, bool insideLists = false)
    {
        var paths = new List<string>();
        Collect(type, "", insideLists, [], paths);
        return paths;
    }

    /// <summary>The paths in <paramref name="node"/> that <paramref name="type"/> does not have.</summary>
    public static IEnumerable<string> UnknownIn(JsonNode? node, Type type, string path = "")
    {
        var info = OptionsJson.Format.GetTypeInfo(type);
        switch (node)
        {
            case JsonObject members when info.Kind == JsonTypeInfoKind.Object:
                return members.SelectMany(member => Find(info, member.Key) is { } property
                    ? UnknownIn(member.Value, property.PropertyType, Join(path, member.Key))
                    : [Join(path, member.Key)]);
            case JsonObject members when info is { Kind: JsonTypeInfoKind.Dictionary, ElementType: { } value }:
                return members.SelectMany(member => UnknownIn(member.Value, value, Join(path, member.Key)));
            case JsonArray items when info is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element }:
                return items.SelectMany((item, index) => UnknownIn(item, element, $"{path}[{index}]"));
            default:
                return [];
        }
    }

    /// <summary>Whether a dotted path leads to a value (or a group of values) of the type.</summary>
    public static bool Has(Type type, string path)
    {
        foreach (var key in path.Split('.'))
        {
            var info = OptionsJson.Format.GetTypeInfo(type);
            if (info is { Kind: JsonTypeInfoKind.Dictionary, ElementType: { } value } && key.Length > 0)
            {
                type = value;
            }
            else if (info.Kind == JsonTypeInfoKind.Object && Find(info, key) is { } property)
            {
                type = property.PropertyType;
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>At most three known paths similar to <paramref name="unknown"/>.</summary>
    public static IReadOnlyList<string> Nearest(string unknown, Type type)
    {
        return [.. Of(type, insideLists: true)
            .OrderBy(known => Math.Min(Spelling.Distance(unknown, known), LeafDistance(unknown, known)))
            .ThenBy(known => Spelling.Distance(unknown, known))
            .Take(3)];
    }

    private static void Collect(Type type, string path, bool insideLists, HashSet<Type> above, List<string> paths)
    {
        var info = OptionsJson.Format.GetTypeInfo(type);
        if (info.Kind == JsonTypeInfoKind.Object && above.Add(type))
        {
            foreach (var property in info.Properties.Where(IsKey))
            {
                Collect(property.PropertyType, Join(path, property.Name), insideLists, above, paths);
            }

            above.Remove(type);
            return;
        }

        paths.Add(path);
        if (insideLists && info.ElementType is { } element
            && OptionsJson.Format.GetTypeInfo(element).Kind == JsonTypeInfoKind.Object)
        {
            Collect(element, path + "[]", insideLists, above, paths);
        }
    }

    private static JsonPropertyInfo? Find(JsonTypeInfo info, string key) =>
        info.Properties.FirstOrDefault(property => property.Name == key && IsKey(property));

    // Computed properties are no keys.
    private static bool IsKey(JsonPropertyInfo property) =>
        property.Set is not null || property.AssociatedParameter is not null;

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    // Names of groups count too, a little less: "learningRate" matches proposals.learningRate.rate. A part of a name is
    // nearer than a similar name: "rate" is nearer to learningRate than to path.
    private static int LeafDistance(string unknown, string known) => known.Split('.').Reverse()
        .Select((key, above) => (above > 0 ? 1 : 0)
            + (Leaf(unknown).Length > 2 && key.Contains(Leaf(unknown), StringComparison.OrdinalIgnoreCase)
                ? Math.Min(1, key.Length - Leaf(unknown).Length)
                : Spelling.Distance(Leaf(unknown), key)))
        .Min();

    private static string Leaf(string path) => path[(path.LastIndexOf('.') + 1)..];
}
