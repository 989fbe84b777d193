using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FaceLoupe.Storage;

/// <summary>What is wrong with a JSON file, in words for people.</summary>
internal static partial class JsonWords
{
    /// <summary>The parser's words without its own place names, and the line as editors count.</summary>
    public static string Of(JsonException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (fault.Message.StartsWith("The input does not contain any JSON", StringComparison.Ordinal))
        {
            return "it is empty";
        }

        var said = Places().Replace(fault.Message.ReplaceLineEndings(" "), string.Empty).TrimEnd(' ', '.');
        return fault.LineNumber is { } line
            ? string.Create(CultureInfo.InvariantCulture, $"{said}, in line {line + 1}") : said;
    }

    [GeneratedRegex(@"\s*(Path: .* \| )?LineNumber: \d+ \| BytePositionInLine: \d+\.?\s*$")]
    private static partial Regex Places();
}
