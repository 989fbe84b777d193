using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Ablations;

/// <summary>A line of a figure.</summary>
/// <param name="Label">Its name in the legend.</param>
/// <param name="Points">Its points.</param>
/// <param name="IsOurs">Whether it is emphasised.</param>
internal sealed record FigureLine(string Label, IReadOnlyList<(double X, double Y)> Points, bool IsOurs = false)
{
    /// <summary>Dashes of a grey line; null: a solid one in its own colour.</summary>
    public string? Dashes { get; init; }

    /// <summary>Half the height of each point's error bar; empty: neither bars nor dots.</summary>
    public IReadOnlyList<double> Spreads { get; init; } = [];
}

/// <summary>Lines over two axes, as SVG: precision against recall, or true against false positives.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Across">Name of the horizontal axis.</param>
/// <param name="Up">Name of the vertical axis.</param>
/// <param name="Right">End of the horizontal axis.</param>
/// <param name="Left">Start of the horizontal axis.</param>
/// <param name="Low">Start of the vertical axis.</param>
/// <param name="High">End of the vertical axis.</param>
internal sealed record LineFigure(
    string Title, string Across, string Up, double Right, double Left = 0, double Low = 0, double High = 1)
{
    private const double Width = 760, Height = 480, PlotLeft = 60, Bottom = 424, Top = 40, PlotRight = 500;
    private const int Ticks = 5;

    // More points do not change the drawing.
    private const int MostPoints = 400;

    // Okabe and Ito's colours; dashes tell lines apart beyond them.
    private static readonly string[] Colours = ["#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#999999"];

    /// <summary>Marks of the horizontal axis with their text; default: six at equal distances.</summary>
    public IReadOnlyList<(double X, string Text)> Marks { get; init; } =
        [.. Enumerable.Range(0, Ticks + 1).Select(i => Left + ((Right - Left) * i / Ticks))
            .Select(x => (x, FormattableString.Invariant($"{x:0.##}")))];

    /// <summary>Draws the lines, those that are ours above the others.</summary>
    public string Svg(IReadOnlyList<FigureLine> lines)
    {
        var svg = new SvgPage(Width, Height, fontSize: 13);
        svg.Text(PlotLeft, 24, Title, "font-size=\"15\"");
        for (var tick = 0; tick <= Ticks; tick++)
        {
            var value = Low + ((High - Low) * tick / Ticks);
            svg.Line(PlotLeft, Y(value), PlotRight, Y(value), "stroke=\"#dddddd\"");
            svg.Text(PlotLeft - 8, Y(value) + 4, FormattableString.Invariant($"{value:0.0#}"), "text-anchor=\"end\"");
        }

        foreach (var (x, text) in Marks)
        {
            svg.Text(X(x), Bottom + 18, text, "text-anchor=\"middle\"");
        }

        svg.Text((PlotLeft + PlotRight) / 2, Height - 14, Across, "text-anchor=\"middle\"");
        svg.Text(0, 0, Up, FormattableString.Invariant(
            $"transform=\"translate(16 {(Top + Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\""));
        for (var i = 0; i < lines.Count; i++)
        {
            Draw(svg, lines[i], i);
        }

        return svg.ToString();
    }

    private void Draw(SvgPage svg, FigureLine line, int index)
    {
        var dashes = line.Dashes ?? (line.IsOurs || index < Colours.Length ? null : "6 3");
        var colour = line.IsOurs ? "#D55E00" : line.Dashes is null ? Colours[index % Colours.Length] : "#999999";
        var stroke = FormattableString.Invariant($"stroke=\"{colour}\" stroke-width=\"{(line.IsOurs ? 3 : 1.5)}\"")
            + (dashes is null ? "" : $" stroke-dasharray=\"{dashes}\"");
        svg.Polyline(Thin(line.Points).Select(point => (X(point.X), Y(point.Y))), stroke);
        foreach (var ((x, y), spread) in line.Points.Zip(line.Spreads))
        {
            svg.Dot(X(x), Y(y), colour);
            svg.Line(X(x), Y(y - spread), X(x), Y(y + spread), $"stroke=\"{colour}\"");
        }

        var legend = Top + 10 + (20 * index);
        svg.Line(PlotRight + 12, legend, PlotRight + 36, legend, stroke);
        svg.Text(PlotRight + 42, legend + 4, line.Label);
    }

    private double X(double value) =>
        PlotLeft + ((PlotRight - PlotLeft) * (Math.Min(value, Right) - Left) / (Right - Left));

    private double Y(double value) => Bottom - ((Bottom - Top) * (value - Low) / (High - Low));

    private static IEnumerable<(double X, double Y)> Thin(IReadOnlyList<(double X, double Y)> points) =>
        points.Count <= MostPoints ? points : Enumerable.Range(0, MostPoints)
            .Select(i => points[(int)((long)i * (points.Count - 1) / (MostPoints - 1))]);
}
