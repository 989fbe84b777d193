using System.Security;
using System.Text;

namespace FaceLoupe.Training.Runs;

/// <summary>An SVG image on white; coordinates have one decimal.</summary>
internal sealed class SvgPage
{
    private readonly StringBuilder markup = new();

    public SvgPage(double width, double height, int fontSize)
    {
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" ");
        Add($"font-family=\"sans-serif\" font-size=\"{fontSize}\">\n");
        Add($"<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    }

    /// <summary>Adds text, which is escaped.</summary>
    public void Text(double x, double y, string text, string attributes = "") =>
        Add($"<text x=\"{x:F1}\" y=\"{y:F1}\" {attributes}>{SecurityElement.Escape(text)}</text>\n");

    public void Line(double x1, double y1, double x2, double y2, string attributes) =>
        Add($"<line x1=\"{x1:F1}\" y1=\"{y1:F1}\" x2=\"{x2:F1}\" y2=\"{y2:F1}\" {attributes}/>\n");

    public void Polyline(IEnumerable<(double X, double Y)> points, string attributes)
    {
        var path = string.Join(' ', points.Select(p => FormattableString.Invariant($"{p.X:F1},{p.Y:F1}")));
        Add($"<polyline points=\"{path}\" fill=\"none\" {attributes}/>\n");
    }

    public void Dot(double x, double y, string colour) =>
        Add($"<circle cx=\"{x:F1}\" cy=\"{y:F1}\" r=\"3\" fill=\"{colour}\"/>\n");

    /// <summary>The whole document.</summary>
    public override string ToString() => markup + "</svg>\n";

    private void Add(FormattableString text) => markup.Append(FormattableString.Invariant(text));
}
