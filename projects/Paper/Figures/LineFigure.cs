using System.Security;
using System.Text;

namespace FaceLoupe.Training.Paper.Figures;

/// <summary>A line of a figure.</summary>
/// <param name="Label">Its name in the legend.</param>
/// <param name="Points">Its points.</param>
/// <param name="IsOurs">Whether it is emphasised.</param>
internal sealed record FigureLine(string Label, IReadOnlyList<(double X, double Y)> Points, bool IsOurs = false);

/// <summary>Lines over two axes, as SVG: precision against recall, or true against false positives.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Across">Name of the horizontal axis.</param>
/// <param name="Up">Name of the vertical axis, which goes from 0 to 1.</param>
/// <param name="Right">End of the horizontal axis, which begins at 0.</param>
internal sealed record LineFigure(string Title, string Across, string Up, double Right)
{
    private const double Width = 760, Height = 480, Left = 60, Bottom = 424, Top = 40, PlotRight = 500;
    private const int Ticks = 5;

    // More points do not change the drawing.
    private const int MostPoints = 400;

    // Okabe and Ito's colours; dashes tell lines apart beyond them.
    private static readonly string[] Colours = ["#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#999999"];

    /// <summary>Draws the lines, those that are ours above the others.</summary>
    public string Svg(IReadOnlyList<FigureLine> lines)
    {
        var svg = new StringBuilder();
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" ");
        Add(svg, $"font-family=\"sans-serif\" font-size=\"13\">\n");
        Add(svg, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#ffffff\"/>\n");
        Add(svg, $"<text x=\"{Left}\" y=\"24\" font-size=\"15\">{Escape(Title)}</text>\n");
        for (var tick = 0; tick <= Ticks; tick++)
        {
            var (x, y) = (Right * tick / Ticks, tick / (double)Ticks);
            Add(svg, $"<line x1=\"{Left}\" y1=\"{Y(y):F1}\" x2=\"{PlotRight}\" y2=\"{Y(y):F1}\" ");
            Add(svg, $"stroke=\"#dddddd\"/>\n");
            Add(svg, $"<text x=\"{Left - 8}\" y=\"{Y(y) + 4:F1}\" text-anchor=\"end\">{y:0.0}</text>\n");
            Add(svg, $"<text x=\"{X(x):F1}\" y=\"{Bottom + 18}\" text-anchor=\"middle\">{x:0.##}</text>\n");
        }

        Add(svg, $"<text x=\"{(Left + PlotRight) / 2}\" y=\"{Height - 14}\" text-anchor=\"middle\">");
        Add(svg, $"{Escape(Across)}</text>\n<text transform=\"translate(16 {(Top + Bottom) / 2}) rotate(-90)\" ");
        Add(svg, $"text-anchor=\"middle\">{Escape(Up)}</text>\n");
        for (var i = 0; i < lines.Count; i++)
        {
            var colour = lines[i].IsOurs ? "#D55E00" : Colours[i % Colours.Length];
            var look = $"stroke=\"{colour}\" stroke-width=\"{(lines[i].IsOurs ? 3 : 1.5)}\""
                + (lines[i].IsOurs || i < Colours.Length ? "" : " stroke-dasharray=\"6 3\"");
            var points = string.Join(' ', Thin(lines[i].Points).Select(
                point => FormattableString.Invariant($"{X(Math.Min(point.X, Right)):F1},{Y(point.Y):F1}")));
            Add(svg, $"<polyline points=\"{points}\" fill=\"none\" {look}/>\n");
            var legend = Top + 10 + (20 * i);
            Add(svg, $"<line x1=\"{PlotRight + 12}\" y1=\"{legend}\" x2=\"{PlotRight + 36}\" y2=\"{legend}\" ");
            Add(svg, $"{look}/>\n");
            Add(svg, $"<text x=\"{PlotRight + 42}\" y=\"{legend + 4}\">{Escape(lines[i].Label)}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();

        double X(double value) => Left + ((PlotRight - Left) * value / Right);

        static double Y(double value) => Bottom - ((Bottom - Top) * value);
    }

    private static IEnumerable<(double X, double Y)> Thin(IReadOnlyList<(double X, double Y)> points)
    {
        for (var i = 0; i < Math.Min(MostPoints, points.Count); i++)
        {
            yield return points[
                points.Count <= MostPoints ? i : (int)((long)i * (points.Count - 1) / (MostPoints - 1))];
        }
    }

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(FormattableString.Invariant(text));

    private static string Escape(string text) => SecurityElement.Escape(text);
}
