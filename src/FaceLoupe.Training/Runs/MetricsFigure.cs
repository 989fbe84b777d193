using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace FaceLoupe.Training.Runs;

/// <summary>
/// The course of a stage as SVG: a panel for every number of its metrics, the values themselves in grey and their
/// running median in front.
/// </summary>
internal static class MetricsFigure
{
    private const double Width = 720, PanelHeight = 130, Left = 70, Right = 16, Top = 34, Gap = 38;
    private const int Window = 9;

    /// <summary>Draws a metrics file.</summary>
    /// <param name="title">Heading.</param>
    /// <param name="lines">The lines of <c>metrics.jsonl</c>; torn ones are left out.</param>
    /// <exception cref="FaceLoupeException">No line holds a number.</exception>
    public static string Svg(string title, IEnumerable<string> lines)
    {
        var series = Read(lines);
        if (series.Count == 0)
        {
            throw new FaceLoupeException($"{title}: its metrics hold no number yet; let the stage run on.");
        }

        var last = series.Max(s => s.Points[^1].Step);
        var height = Top + (series.Count * (PanelHeight + Gap));
        var svg = new StringBuilder();
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        Add(svg, $"<rect width=\"{Width}\" height=\"{height}\" fill=\"#ffffff\"/>\n");
        Add(svg, $"<text x=\"{Left}\" y=\"20\" font-size=\"15\">{Escape(title)}</text>\n");
        for (var i = 0; i < series.Count; i++)
        {
            Panel(svg, series[i].Name, series[i].Points, last, Top + (i * (PanelHeight + Gap)) + 16);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Panel(StringBuilder svg, string name, List<(long Step, double Value)> points, long last, double top)
    {
        var (low, high) = (points.Min(p => p.Value), points.Max(p => p.Value));
        if (high - low < 1e-12)
        {
            (low, high) = (low - 0.5, high + 0.5);
        }

        double X(long step) => Left + ((Width - Left - Right) * step / Math.Max(last, 1));
        double Y(double value) => top + PanelHeight - (PanelHeight * (value - low) / (high - low));

        Add(svg, $"<text x=\"{Left}\" y=\"{top - 4:F1}\">{Escape(name)}</text>\n");
        foreach (var value in (double[])[low, (low + high) / 2, high])
        {
            Add(svg, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value):F1}\" y2=\"{Y(value):F1}\" stroke=\"#dddddd\"/>\n");
            Add(svg, $"<text x=\"{Left - 6}\" y=\"{Y(value) + 4:F1}\" text-anchor=\"end\">{value:G4}</text>\n");
        }

        Add(svg, $"<text x=\"{Width - Right}\" y=\"{top + PanelHeight + 14:F1}\" text-anchor=\"end\">step {last}</text>\n");
        Line(points, "#bbbbbb", 1);
        if (points.Count >= Window)
        {
            Line(Smooth(points), "#0072B2", 2);
        }
        else
        {
            points.ForEach(p => Add(svg, $"<circle cx=\"{X(p.Step):F1}\" cy=\"{Y(p.Value):F1}\" r=\"3\" fill=\"#0072B2\"/>\n"));
        }

        void Line(List<(long Step, double Value)> of, string colour, double width)
        {
            var path = string.Join(' ', of.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.Step):F1},{Y(p.Value):F1}")));
            Add(svg, $"<polyline points=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"/>\n");
        }
    }

    // One series a number of a kind of line, in the order of their first appearance.
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

    private static List<(long Step, double Value)> Smooth(List<(long Step, double Value)> points) =>
    [
        .. points.Select((point, i) =>
        {
            var near = points.Skip(Math.Max(i - (Window / 2), 0)).Take(Window).Select(p => p.Value).Order().ToArray();
            return (point.Step, near[near.Length / 2]);
        }),
    ];

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(FormattableString.Invariant(text));

    private static string Escape(string text) => System.Security.SecurityElement.Escape(text);
}
