using ScottPlot;

namespace FaceLoupe.Cli.Plotting;

/// <summary>
/// Line plots whose lines the colour-blind and black-and-white prints tell apart: by hue and by dashes.
/// </summary>
internal static class LinePlot
{
    // Okabe and Ito's colours, less the yellow that white paper swallows; black is for ours. With four kinds of dashes
    // they make twelve lines before one comes again.
    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];
    private static readonly LinePattern[] Patterns =
        [LinePattern.Solid, LinePattern.Dashed, LinePattern.Dotted, LinePattern.DenselyDashed];

    // Beyond 1, so that a line at 1 is not half hidden by the frame.
    private const double AboveOne = 1.03;

    /// <summary>
    /// Precision against recall; the legend lists the lines from the best one down, as they are given.
    /// </summary>
    public static Plot PrecisionRecall(string title, IEnumerable<Series> series)
    {
        var plot = Draw(series, markers: false);
        plot.Title(title);
        plot.XLabel("recall");
        plot.YLabel("precision");
        plot.Axes.SetLimits(0, AboveOne, 0, AboveOne);
        plot.ShowLegend(Alignment.LowerLeft);
        return plot;
    }

    /// <summary>True positive rate against the number of false positives, up to 2,000.</summary>
    public static Plot Roc(string title, IEnumerable<Series> series)
    {
        var plot = Draw(series, markers: false);
        plot.Title(title);
        plot.XLabel("false positives");
        plot.YLabel("true positive rate");
        plot.Axes.SetLimits(0, 2000, 0, AboveOne);
        plot.ShowLegend(Alignment.LowerRight);
        return plot;
    }

    /// <summary>Average precision against the longer side of faces, on a logarithmic axis.</summary>
    /// <param name="title">Title of the plot.</param>
    /// <param name="series">Lines whose x is the base-2 logarithm of the side in pixels.</param>
    /// <param name="ticks">Sides to mark, in pixels.</param>
    public static Plot AgainstSize(string title, IEnumerable<Series> series, IReadOnlyList<double> ticks)
    {
        var plot = Draw(series, markers: true);
        plot.Title(title);
        plot.XLabel("longer side of the face, px");
        plot.YLabel("average precision");
        plot.Axes.SetLimits(Math.Log2(ticks[0]), Math.Log2(ticks[^1]), 0, AboveOne);
        plot.Axes.Bottom.SetTicks(
            [.. ticks.Select(Math.Log2)], [.. ticks.Select(side => FormattableString.Invariant($"{side:0}"))]);
        plot.ShowLegend(Alignment.LowerRight);
        return plot;
    }

    private static Plot Draw(IEnumerable<Series> series, bool markers)
    {
        var plot = PlotFont.NewPlot();
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
