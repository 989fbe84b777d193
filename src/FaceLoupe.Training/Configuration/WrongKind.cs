using System.Text.Json;
using System.Text.RegularExpressions;

namespace FaceLoupe.Training.Configuration;

/// <summary>
/// Says in words of a configuration what System.Text.Json says in names of types: which kind of value was wanted.
/// </summary>
internal static partial class WrongKind
{
    /// <summary>What is wrong with the value at the fault's path.</summary>
    public static string Describe(JsonException fault)
    {
        var said = fault.Message.Split(" Path:")[0];
        if (said.Contains("setting null values", StringComparison.Ordinal))
        {
            return "null was given; leave it out to keep its default.";
        }

        return Converted().Match(said) is { Success: true } match && Expected(match.Groups[1].Value) is { } expected
            ? $"{expected} was expected."
            : said;
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

    // The message has no assembly, and options take enumerations of the inference library too.
    private static Type? Named(string type) => AppDomain.CurrentDomain.GetAssemblies()
        .Select(assembly => assembly.GetType(type)).FirstOrDefault(found => found is not null);

    [GeneratedRegex(@"could not be converted to (?:System\.Nullable`1\[)?(.+?)\]?\.(?: |$)")]
    private static partial Regex Converted();
}
