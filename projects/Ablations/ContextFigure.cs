using System.Globalization;
using System.Text;

namespace FaceLoupe.Training.Ablations;

/// <summary>Figure 6 of the paper as SVG: average precision against the context factor, ours and the paper's.</summary>
internal static class ContextFigure
{
    private const double Width = 640, Height = 440, Left = 64, Right = 150, Top = 40, Bottom = 56;

    // Okabe and Ito's colours; dashes tell the lines apart without colour.
    private static readonly string[] Colours = ["#000000", "#0072B2", "#D55E00", "#009E73"];

    /// <summary>Draws one set's bands; null: no results.</summary>
    public static string? Svg(AblationTable table, AblationResult result, string set)
    {
        var rows = table.Rows.Where(row => row.ContextFactor is not null)
            .Select(row => (X: row.ContextFactor!.Value, Row: result.Rows.Single(r => r.Name == row.Name))).ToArray();
        var bands = rows.SelectMany(row => row.Row.Ap.Keys)
            .Where(key => key.StartsWith(set + "/", StringComparison.Ordinal))
            .Select(key => key[(set.Length + 1)..]).Distinct().ToArray();
        if (bands.Length == 0)
        {
            return null;
        }

        var lines = bands.Select((band, i) => new Line(
            band, Colours[i % Colours.Length], null,
            [.. rows.Where(row => row.Row.Ap.ContainsKey($"{set}/{band}")).Select(row =>
                (row.X, row.Row.Ap[$"{set}/{band}"].Mean, row.Row.Ap[$"{set}/{band}"].Spread ?? 0))])).ToList();
        var paper = rows.Where(row => row.Row.Paper is not null).ToArray();
        lines.Add(new("paper, easy", "#999999", "2 3", [.. paper.Select(row => (row.X, row.Row.Paper!.Easy, 0.0))]));
        lines.Add(new("paper, medium", "#999999", "6 3", [.. paper.Select(row =>
            (row.X, row.Row.Paper!.Medium, 0.0))]));
        lines.Add(new("paper, hard", "#999999", "10 4", [.. paper.Select(row => (row.X, row.Row.Paper!.Hard, 0.0))]));
        return Draw($"AP against context factor, {set}", lines);
    }

    private static string Draw(string title, List<Line> lines)
    {
        var points = lines.SelectMany(line => line.Points).ToArray();
        var low = Math.Floor((points.Min(p => p.Y - p.Spread) - 0.01) * 20) / 20;
        var high = Math.Min(1, Math.Ceiling((points.Max(p => p.Y + p.Spread) + 0.001) * 20) / 20);
        var svg = new StringBuilder();
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" ");
        Add(svg, $"font-family=\"sans-serif\" font-size=\"13\">\n");
        Add(svg, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#ffffff\"/>\n");
        Add(svg, $"<text x=\"{Left}\" y=\"24\" font-size=\"15\">{Escape(title)}</text>\n");
        for (var tick = 0; tick <= 5; tick++)
        {
            var value = low + ((high - low) * tick / 5);
            Add(svg, $"<line x1=\"{Left}\" y1=\"{Y(value):F1}\" x2=\"{Width - Right}\" y2=\"{Y(value):F1}\" ");
            Add(svg, $"stroke=\"#dddddd\"/>\n");
            Add(svg, $"<text x=\"{Left - 8}\" y=\"{Y(value) + 4:F1}\" text-anchor=\"end\">{value:F2}</text>\n");
        }

        foreach (var x in points.Select(p => p.X).Distinct().Order())
        {
            Add(svg, $"<text x=\"{X(x):F1}\" y=\"{Height - Bottom + 20}\" text-anchor=\"middle\">X{x:0.0}</text>\n");
        }

        Add(svg, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 14}\" text-anchor=\"middle\">");
        Add(svg, $"context factor</text>\n");
        Add(svg, $"<text transform=\"translate(16 {(Top + Height - Bottom) / 2}) rotate(-90)\" ");
        Add(svg, $"text-anchor=\"middle\">average precision</text>\n");
        for (var i = 0; i < lines.Count; i++)
        {
            Draw(svg, lines[i], Top + 10 + (20 * i));
        }

        return svg.Append("</svg>\n").ToString();

        double X(double value) => Left + 16 + ((Width - Left - Right - 32) * (value - 1) / 3);

        double Y(double value) =>
            Height - Bottom - ((Height - Bottom - Top) * (value - low) / Math.Max(high - low, 1e-9));

        void Draw(StringBuilder onto, Line line, double legend)
        {
            var dashes = line.Dashes is null ? "" : $" stroke-dasharray=\"{line.Dashes}\"";
            var path = string.Join(' ',
                line.Points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.X):F1},{Y(p.Y):F1}")));
            Add(onto,
                $"<polyline points=\"{path}\" fill=\"none\" stroke=\"{line.Colour}\" stroke-width=\"2\"{dashes}/>\n");
            foreach (var point in line.Points)
            {
                Add(onto, $"<circle cx=\"{X(point.X):F1}\" cy=\"{Y(point.Y):F1}\" r=\"3\" fill=\"{line.Colour}\"/>\n");
                if (point.Spread > 0)
                {
                    Add(onto, $"<line x1=\"{X(point.X):F1}\" y1=\"{Y(point.Y - point.Spread):F1}\" ");
                    Add(onto,
                        $"x2=\"{X(point.X):F1}\" y2=\"{Y(point.Y + point.Spread):F1}\" stroke=\"{line.Colour}\"/>\n");
                }
            }

            Add(onto,
                $"<line x1=\"{Width - Right + 10}\" y1=\"{legend}\" x2=\"{Width - Right + 36}\" y2=\"{legend}\" ");
            Add(onto, $"stroke=\"{line.Colour}\" stroke-width=\"2\"{dashes}/>\n");
            Add(onto, $"<text x=\"{Width - Right + 42}\" y=\"{legend + 4}\">{Escape(line.Label)}</text>\n");
        }
    }

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(FormattableString.Invariant(text));

    private static string Escape(string text) => System.Security.SecurityElement.Escape(text);

    private sealed record Line(
        string Label, string Colour, string? Dashes, (double X, double Y, double Spread)[] Points);
}
