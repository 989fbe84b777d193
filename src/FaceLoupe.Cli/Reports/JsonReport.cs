using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FaceLoupe.Cli.Reports;

/// <summary>JSON documents of results: indented, with names in any script.</summary>
internal static class JsonReport
{
    /// <summary>The format of the documents.</summary>
    public static JsonSerializerOptions Format { get; } = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text of a document, with a line end after it.</summary>
    public static string Text(JsonObject document) => document.ToJsonString(Format) + "\n";

    /// <summary>A share or another number of moderate size, with six decimals; null for none.</summary>
    public static JsonNode? Share(double? value) => value is { } number ? Math.Round((decimal)number, 6) : null;

    /// <summary>An array.</summary>
    public static JsonArray Array<T>(IEnumerable<T> values, Func<T, JsonNode?> node) => new([.. values.Select(node)]);

    /// <summary>An array of texts.</summary>
    public static JsonArray Array(IEnumerable<string> values) => Array(values, value => value);

    /// <summary>An object with a key for each value.</summary>
    public static JsonObject Object<T>(IEnumerable<T> values, Func<T, string> key, Func<T, JsonNode?> node) =>
        new(values.Select(value => KeyValuePair.Create(key(value), node(value))));
}
