using System.Globalization;
using System.Text;

namespace FaceLoupe.Cli.Reports;

/// <summary>Figures in rows and columns, for terminals and for the report.</summary>
/// <param name="Title">One line above the table; may be empty.</param>
/// <param name="Columns">Heads of the columns.</param>
internal sealed record ResultTable(string Title, IReadOnlyList<string> Columns)
{
    private const int ColumnWidth = 9;

    /// <summary>The rows: a label, then a cell for each column.</summary>
    public List<(string Label, IReadOnlyList<string> Cells)> Rows { get; } = [];

    /// <summary>A share from 0 to 1 with a number of decimals; a dash for none.</summary>
    public static string Share(double? value, int digits = 3) =>
        value?.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) ?? "-";

    /// <summary>A count with separators between thousands.</summary>
    public static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Adds a row.</summary>
    public ResultTable With(string label, IEnumerable<string> cells)
    {
        Rows.Add((label, [.. cells]));
        return this;
    }

    /// <summary>The table as text, with a line end after the last line.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        if (Title.Length > 0)
        {
            text.Append(Title).Append('\n');
        }

        var label = Rows.Select(row => row.Label.Length).DefaultIfEmpty(0).Max();
        Append(text, string.Empty.PadRight(label), Columns);
        foreach (var row in Rows)
        {
            Append(text, row.Label.PadRight(label), row.Cells);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string label, IReadOnlyList<string> cells)
    {
        text.Append(label);
        foreach (var cell in cells)
        {
            text.Append(' ').Append(cell.PadLeft(ColumnWidth));
        }

        text.Append('\n');
    }
}
