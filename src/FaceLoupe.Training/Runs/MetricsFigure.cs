using System.Text.Json.Nodes;

namespace FaceLoupe.Training.Runs;

/// <summary>The metrics of a stage as SVG: a grid with a panel for each of up to thirty numbers.</summary>
internal static class MetricsFigure
{
    private const double Top = 34;

    /// <summary>Draws a metrics file.</summary>
    /// <param name="title">Heading.</param>
    /// <param name="lines">The lines of <c>metrics.jsonl</c>; incomplete ones are skipped.</param>
    /// <exception cref="FaceLoupeException">No line holds a number.</exception>
    public static string Svg(string title, IEnumerable<string> lines)
    {
        var series = Read(lines);
        if (series.Count == 0)
        {
            throw new FaceLoupeException($"{title}: its metrics hold no numbers to plot.");
        }

        var last = series.Max(s => s.Points[^1].Step);
        var columns = series.Count switch { <= 2 => 1, <= 6 => 2, _ => 3 };
        var rows = (series.Count + columns - 1) / columns;
        var svg = new SvgPage(columns * MetricsPanel.Width, Top + (rows * MetricsPanel.Height), fontSize: 12);
        svg.Text(MetricsPanel.Left, 20, title, "font-size=\"15\"");
        for (var i = 0; i < series.Count; i++)
        {
            var (x, y) = (i % columns * MetricsPanel.Width, Top + (i / columns * MetricsPanel.Height));
            MetricsPanel.Draw(svg, series[i].Name, series[i].Points, last, x, y);
        }

        return svg.ToString();
    }

    // One series per number and kind of line, in order of first appearance.
    private static List<(string Name, List<(long Step, double Value)> Points)> Read(IEnumerable<string> lines)
    {
        var series = new List<(string Name, List<(long Step, double Value)> Points)>();
        foreach (var line in lines)
        {
            if (Parse(line) is not { } entry || entry["step"] is not { } step)
            {
                continue;
            }

            foreach (var (key, value) in entry.Where(pair => pair.Key is not ("step" or "kind" or "time")))
            {
                if (value is JsonValue number && number.TryGetValue<double>(out var y))
                {
                    var name = (string?)entry["kind"] == "train" ? key : $"{key} ({(string?)entry["kind"]})";
                    var at = series.FindIndex(s => s.Name == name);
                    if (at < 0)
                    {
                        at = series.Count;
                        series.Add((name, []));
                    }

                    series[at].Points.Add(((long)step, y));
                }
            }
        }

        return series;
    }

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
