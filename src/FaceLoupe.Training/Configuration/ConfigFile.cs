using System.Text.Json;
using System.Text.Json.Nodes;
using FaceLoupe.Storage;

namespace FaceLoupe.Training.Configuration;

/// <summary>Reads typed options from a JSON file and <c>--set</c> overrides; writes them with all defaults.</summary>
internal static class ConfigFile
{
    /// <summary>Reads options; everything else keeps its default.</summary>
    /// <param name="path">A file of configs/, or null for the defaults alone.</param>
    /// <param name="overrides">"dotted.key=value" each; the value is JSON, or otherwise text.</param>
    /// <exception cref="FaceLoupeException">
    /// A missing or malformed file, an unknown key, or an invalid value.
    /// </exception>
    public static T Load<T>(string? path, IReadOnlyList<string> overrides)
        where T : class, new()
    {
        var root = path is null ? [] : Parse(path);
        var name = path ?? "the defaults";
        if (OptionKeys.UnknownIn(root, typeof(T)).ToList() is { Count: > 0 } unknown)
        {
            throw new FaceLoupeException($"{name}: {DescribeUnknown(unknown, typeof(T))}");
        }

        foreach (var text in overrides)
        {
            Override(root, text, typeof(T));
        }

        var options = Deserialise<T>(
            OntoDefaults<T>(root), overrides.Count == 0 ? name : $"{name} with --set");
        if (OptionFaults.Of(options) is { Count: > 0 } faults)
        {
            throw new FaceLoupeException($"{name}: {string.Join("; ", faults)}.");
        }

        return options;
    }

    /// <summary>Writes options with all values, so that the file fully describes a run.</summary>
    public static void Save<T>(T options, string path)
        where T : class => AtomicFile.WriteAllText(path, JsonSerializer.Serialize(options, OptionsJson.Format) + "\n");

    private static JsonObject Parse(string path)
    {
        try
        {
            return JsonNode.Parse(InputFile.ReadAllText(path), documentOptions: OptionsJson.Reading) as JsonObject
                ?? throw new FaceLoupeException($"{path}: expected a JSON object: {{ \"key\": value, ... }}.");
        }
        catch (JsonException fault)
        {
            throw new FaceLoupeException($"{path}: not valid JSON: {OneLine(fault.Message)}", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FaceLoupeException($"{path}: the configuration cannot be read: {OneLine(fault.Message)}", fault);
        }
    }

    private static void Override(JsonObject root, string text, Type type)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
        {
            throw new FaceLoupeException(
                $"--set {text}: expected key=value, for example --set {OptionKeys.Of(type)[0]}=1.");
        }

        var path = text[..equals].Trim();
        if (!OptionKeys.Has(type, path))
        {
            throw new FaceLoupeException($"--set {text}: {DescribeUnknown([path], type)}");
        }

        var value = ReadValue(text[(equals + 1)..].Trim());
        if (OptionKeys.UnknownIn(Nest(path, value), type).ToList() is { Count: > 0 } unknown)
        {
            throw new FaceLoupeException($"--set {text}: {DescribeUnknown(unknown, type)}");
        }

        var keys = path.Split('.');
        var parent = root;
        foreach (var key in keys[..^1])
        {
            if (parent[key] is not JsonObject child)
            {
                parent[key] = child = [];
            }

            parent = child;
        }

        parent[keys[^1]] = value;
    }

    private static JsonNode? ReadValue(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: OptionsJson.Reading);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text); // Text needs no quotes on a command line.
        }
    }

    private static JsonNode? Nest(string path, JsonNode? value) =>
        path.Split('.').Reverse().Aggregate(value?.DeepClone(), (inner, key) => new JsonObject { [key] = inner });

    // A partially given group keeps its owner's defaults: discriminatorNetwork.trunk has another stem than a trunk by
    // itself.
    private static JsonObject OntoDefaults<T>(JsonObject given)
        where T : class, new()
    {
        var all = JsonSerializer.SerializeToNode(new T(), OptionsJson.Format)!.AsObject();
        Merge(all, given);
        return all;
    }

    private static void Merge(JsonObject onto, JsonObject given)
    {
        foreach (var (key, value) in given)
        {
            if (value is JsonObject inner && onto[key] is JsonObject outer)
            {
                Merge(outer, inner);
            }
            else
            {
                onto[key] = value?.DeepClone();
            }
        }
    }

    private static T Deserialise<T>(JsonObject root, string name)
        where T : class
    {
        try
        {
            return root.Deserialize<T>(OptionsJson.Format)
                ?? throw new FaceLoupeException($"{name}: a JSON object was expected.");
        }
        catch (JsonException fault)
        {
            var key = fault.Path?.TrimStart('$', '.');
            var where = string.IsNullOrEmpty(key) ? "" : $"{key}: ";
            throw new FaceLoupeException($"{name}: {where}{OneLine(WrongKind.Describe(fault))}", fault);
        }
    }

    private static string DescribeUnknown(IReadOnlyList<string> unknown, Type type) => string.Join(" ", unknown.Select(
        path => $"unknown key {path}; did you mean {string.Join(" or ", OptionKeys.Nearest(path, type))}?"));

    private static string OneLine(string message) =>
        string.Join(' ', message.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
