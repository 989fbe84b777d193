using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FaceLoupe.Validation;

/// <summary>
/// Everything in a tree of objects that JSON may hold, named by its keys: <c>detection.scales[0].factor</c>.
/// </summary>
internal static class OptionTree
{
    /// <summary>Items of lists that are null.</summary>
    /// <param name="root">The object at the top.</param>
    /// <param name="format">How its keys are written.</param>
    public static IEnumerable<OptionFault> Missing(object root, JsonSerializerOptions format) =>
        Walk(root, format).Where(node => node is { Value: null, IsItem: true })
            .Select(node => new OptionFault(node.Path, "null", "must not be null; leave it out"));

    /// <summary>Numbers that JSON cannot hold.</summary>
    /// <inheritdoc cref="Missing"/>
    public static IEnumerable<OptionFault> NotFinite(object root, JsonSerializerOptions format) =>
        Walk(root, format).Where(node => node.Value is double or float
                && !double.IsFinite(Convert.ToDouble(node.Value, CultureInfo.InvariantCulture)))
            .Select(node => new OptionFault(node.Path, OptionRules.Text(node.Value), "a finite number"));

    /// <summary>What data annotations and <see cref="IValidatableObject"/> refuse, in the order of the keys.</summary>
    /// <inheritdoc cref="Missing"/>
    public static IEnumerable<OptionFault> Refused(object root, JsonSerializerOptions format) =>
        Walk(root, format).SelectMany(Refused);

    private static IEnumerable<OptionFault> Refused(Node node) =>
        OptionRules.Refused(node.Path, node.Value, node.Rules).Concat(OptionRules.Together(node.Value, node.Path));

    private static IEnumerable<Node> Walk(object root, JsonSerializerOptions format) =>
        Below(new Node(root, "", false, []), format);

    private static IEnumerable<Node> Below(Node node, JsonSerializerOptions format) =>
        Inner(node, format).SelectMany(inner => Below(inner, format)).Prepend(node);

    private static IEnumerable<Node> Inner(Node node, JsonSerializerOptions format)
    {
        var info = node.Value is null or string ? null : format.GetTypeInfo(node.Value.GetType());
        return (info?.Kind, node.Value) switch
        {
            (JsonTypeInfoKind.Object, { } value) => info!.Properties
                .Where(property => property is { Get: not null, Set: not null })
                .Select(property => new Node(
                    property.Get!(value), node.Path.Length == 0 ? property.Name : $"{node.Path}.{property.Name}", false,
                    property.AttributeProvider?.GetCustomAttributes(typeof(ValidationAttribute), true) ?? [])),
            (JsonTypeInfoKind.Dictionary, IDictionary entries) => entries.Keys.Cast<object>().Select(key =>
                new Node(entries[key], $"{node.Path}.{key}", true, [])),
            (JsonTypeInfoKind.Enumerable, IEnumerable items) => items.Cast<object?>().Select((item, index) =>
                new Node(item, $"{node.Path}[{index}]", true, [])),
            _ => [],
        };
    }

    private readonly record struct Node(object? Value, string Path, bool IsItem, object[] Rules);
}
