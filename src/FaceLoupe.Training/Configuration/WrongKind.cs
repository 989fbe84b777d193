using System.Text.Json;
using System.Text.RegularExpressions;

namespace FaceLoupe.Training.Configuration;

/// <summary>Rephrases a type error of System.Text.Json: which kind of value was expected.</summary>
internal static partial class WrongKind
{
    /// <summary>The error at the fault's path.</summary>
    public static string Describe(JsonException fault)
    {
        var message = fault.Message.Split(" Path:")[0];
        if (message.Contains("setting null values", StringComparison.Ordinal))
        {
            return "null was given; leave it out to keep its default.";
        }

        return Converted().Match(message) is { Success: true } match && Expected(match.Groups[1].Value) is { } expected
            ? $"{expected} was expected."
            : message;
    }

    private static string? Expected(string type) => type switch
    {
        "System.Boolean" => "true or false",
        "System.Byte" or "System.Int32" or "System.Int64" => "a whole number",
        "System.UInt32" or "System.UInt64" => "a whole number from 0",
        "System.Single" or "System.Double" => "a number",
        "System.String" => "a text",
        _ when Named(type) is { IsEnum: true } names => "one of "
            + string.Join(", ", Enum.GetNames(names).Select(JsonNamingPolicy.CamelCase.ConvertName)),
        _ when type.StartsWith("System.Collections.Generic.", StringComparison.Ordinal) || type.EndsWith(']') =>
            "a list",
        _ when type.StartsWith("FaceLoupe.", StringComparison.Ordinal) => "an object, { \"key\": value, ... },",
        _ => null,
    };

    // The message has no assembly, and some options have enums of the inference library.
    private static Type? Named(string type) => AppDomain.CurrentDomain.GetAssemblies()
        .Select(assembly => assembly.GetType(type)).FirstOrDefault(found => found is not null);

    [GeneratedRegex(@"could not be converted to (?:System\.Nullable`1\[)?(.+?)\]?\.(?: |$)")]
    private static partial Regex Converted();
}
