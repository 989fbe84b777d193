using ScottPlot;

namespace FaceLoupe.Cli.Plotting;

/// <summary>
/// Line plots whose lines differ in hue and dashes, for colour-blind readers and black-and-white prints.
/// </summary>
internal static class LinePlot
{
    // Okabe and Ito's colours without yellow, which is faint on white; black is for ours. With four kinds of dashes,
    // the first twelve lines differ.
    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];
    private static readonly LinePattern[] Patterns =
        [LinePattern.Solid, LinePattern.Dashed, LinePattern.Dotted, LinePattern.DenselyDashed];

    // Above 1, so that the frame does not cover half of a line at 1.
    private const double AboveOne = 1.03;

    /// <summary>Precision against recall; the legend lists the lines as they are given, best first.</summary>
    public static Plot PrecisionRecall(string title, IEnumerable<Series> series) =>
        Draw(title, "recall", "precision", series, (0, AboveOne), Alignment.LowerLeft);

    /// <summary>True positive rate against the number of false positives, up to 2,000.</summary>
    public static Plot Roc(string title, IEnumerable<Series> series) =>
        Draw(title, "false positives", "true positive rate", series, (0, 2000), Alignment.LowerRight);

    /// <summary>Average precision against the longer side of faces, on a logarithmic axis.</summary>
    /// <param name="title">Title of the plot.</param>
    /// <param name="series">Lines whose x is the base-2 logarithm of the side in pixels.</param>
    /// <param name="ticks">Sides to mark, in pixels.</param>
    public static Plot AgainstSize(string title, IEnumerable<Series> series, IReadOnlyList<double> ticks)
    {
        var plot = Draw(
            title, "longer side of the face, px", "average precision", series,
            (Math.Log2(ticks[0]), Math.Log2(ticks[^1])), Alignment.LowerRight, markers: true);
        plot.Axes.Bottom.SetTicks(
            [.. ticks.Select(Math.Log2)], [.. ticks.Select(side => FormattableString.Invariant($"{side:0}"))]);
        return plot;
    }

    private static Plot Draw(
        string title,
        string x,
        string y,
        IEnumerable<Series> series,
        (double Left, double Right) range,
        Alignment legend,
        bool markers = false)
    {
        var plot = PlotFont.NewPlot();
        plot.Title(title);
        plot.XLabel(x);
        plot.YLabel(y);
        plot.Axes.SetLimits(range.Left, range.Right, 0, AboveOne);
        plot.ShowLegend(legend);
        var lines = series.ToArray();
        for (var i = 0; i < lines.Length; i++)
        {
            var points = lines[i].Points;
            var line = plot.Add.Scatter(
                points.Select(point => point.X).ToArray(),
                points.Select(point => point.Y).ToArray(),
                Color.FromHex(lines[i].IsOurs ? "#000000" : Colours[i % Colours.Length]));
            line.LegendText = lines[i].Label;
            line.LineWidth = lines[i].IsOurs ? 3 : 2;
            line.LinePattern = lines[i].IsOurs ? LinePattern.Solid : Patterns[i % Patterns.Length];
            line.MarkerSize = markers ? 6 : 0;
        }

        return plot;
    }
}
