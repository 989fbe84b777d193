using System.Globalization;

namespace FaceLoupe.Storage;

/// <summary>Text in blocks, one per image: a name, a count, and that many rows.</summary>
internal static class NamedRows
{
    /// <summary>The images of a text, each with its rows; blank lines before a name do not count.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="parse">Reads a row; null: it is malformed.</param>
    /// <param name="fault">
    /// The exception for a malformed line: its index, and the name before it if it should be a count; null if a row.
    /// </param>
    public static IEnumerable<(string Name, IReadOnlyList<T> Rows)> Parse<T>(
        IReadOnlyList<string> lines, Func<string, T?> parse, Func<int, string?, FaceLoupeException> fault)
        where T : struct
    {
        for (var line = 0; line < lines.Count;)
        {
            if (string.IsNullOrWhiteSpace(lines[line]))
            {
                line++;
                continue;
            }

            var name = lines[line++].Trim();
            if (line >= lines.Count
                || !int.TryParse(lines[line], NumberStyles.Integer, CultureInfo.InvariantCulture, out var count)
                || count < 0)
            {
                throw fault(line, name);
            }

            line++;
            var rows = new List<T>(Math.Min(count, lines.Count));
            for (var end = (long)line + count; line < end; line++)
            {
                rows.Add((line < lines.Count ? parse(lines[line]) : null) ?? throw fault(line, null));
            }

            yield return (name, rows);
        }
    }
}
