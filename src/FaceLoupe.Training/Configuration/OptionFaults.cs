using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FaceLoupe.Validation;

namespace FaceLoupe.Training.Configuration;

/// <summary>Asks a whole tree of options for its faults, so that one run of a command shows all of them.</summary>
internal static class OptionFaults
{
    /// <summary>Every fault of the tree with the path of the object in front.</summary>
    public static IReadOnlyList<string> Of(object options)
    {
        var values = Walk(options, "", isItem: false).ToArray();

        // The rules take it for granted that lists have no holes and that numbers can be written as JSON.
        var unusable = values.SelectMany(Unusable).ToArray();
        return unusable.Length > 0 ? unusable : [.. values.SelectMany(Refused)];
    }

    private static IEnumerable<string> Unusable(Node node)
    {
        if (node is { Value: null, IsItem: true })
        {
            yield return $"{node.Path} must not be null; leave it out";
        }
        else if (node.Value is double or float
            && !double.IsFinite(Convert.ToDouble(node.Value, CultureInfo.InvariantCulture)))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{node.Path} must be a finite number, was {node.Value}");
        }
    }

    private static IEnumerable<string> Refused(Node node)
    {
        if (node.Value is null)
        {
            return [];
        }

        var start = node.Path.Length == 0 ? "" : node.Path + ".";
        var own = node.Value is IValidated validated ? validated.Faults().Select(fault => start + fault) : [];
        if (node.Value.GetType().Assembly == typeof(object).Assembly)
        {
            return own;
        }

        return own.Concat(OptionRules.Of(node.Value).Select(fault =>
            $"{start}{JsonNamingPolicy.CamelCase.ConvertName(fault.Name)} must be {fault.Wanted}, was {fault.Value}"));
    }

    private static IEnumerable<Node> Walk(object? value, string path, bool isItem)
    {
        yield return new Node(value, path, isItem);
        foreach (var inner in Inner(value, path).SelectMany(child => Walk(child.Value, child.Path, child.IsItem)))
        {
            yield return inner;
        }
    }

    private static IEnumerable<Node> Inner(object? value, string path) => value switch
    {
        null or string => [],
        _ when OptionsJson.Format.GetTypeInfo(value.GetType()) is { Kind: JsonTypeInfoKind.Object } info =>
            info.Properties.Where(property => property is { Get: not null, Set: not null }).Select(property =>
                new Node(property.Get!(value), path.Length == 0 ? property.Name : $"{path}.{property.Name}", false)),
        IDictionary entries => entries.Keys.Cast<object>().Select(key =>
            new Node(entries[key], $"{path}.{key}", true)),
        IEnumerable items => items.Cast<object?>().Select((item, index) => new Node(item, $"{path}[{index}]", true)),
        _ => [],
    };

    private readonly record struct Node(object? Value, string Path, bool IsItem);
}
