using System.Globalization;
using System.Text;

namespace FaceLoupe.Benchmarks.Detection;

/// <summary>Tables for docs/performance.md, reported on standard error meanwhile.</summary>
internal sealed class MarkdownReport
{
    private readonly StringBuilder text = new();

    /// <summary>A heading and a line below it.</summary>
    public void Section(string heading, string note) => Append($"### {heading}\n\n{note}\n");

    /// <summary>The first row of a table; numbers in all columns but the first.</summary>
    public void Header(params string[] columns) => Append(
        $"| {string.Join(" | ", columns)} |\n|---|{string.Concat(Enumerable.Repeat("---:|", columns.Length - 1))}");

    /// <summary>A row; numbers come out with three significant digits.</summary>
    public void Row(params object[] cells) => Append($"| {string.Join(" | ", cells.Select(Cell))} |");

    /// <summary>Rows of times and ratios to the first of them.</summary>
    public void Timings(string subject, IEnumerable<Timing> timings)
    {
        Header(subject, "ms", "ratio", "smallest", "largest", "ratio of CPU time");
        foreach (var timing in timings)
        {
            Row(timing.Name, timing.Milliseconds, timing.Ratio, timing.LowRatio, timing.HighRatio, timing.CpuRatio);
        }

        End();
    }

    /// <summary>The end of a table.</summary>
    public void End() => Append(string.Empty);

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    private static string Cell(object cell) => cell is double number
        ? number.ToString(number >= 100 ? "0" : number >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture)
        : Convert.ToString(cell, CultureInfo.InvariantCulture)!;

    private void Append(string line)
    {
        text.Append(line).Append('\n');
        Console.Error.WriteLine(line);
    }
}
