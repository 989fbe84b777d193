namespace FaceLoupe.Training.Runs;

/// <summary>One number of a stage over its steps: the values in grey, their running median in front.</summary>
internal static class MetricsPanel
{
    /// <summary>Size of a panel in SVG units, with its name and axis.</summary>
    public const double Width = 420, Height = 168;

    /// <summary>Width of the numbers beside the axis.</summary>
    public const double Left = 74;

    private const double Right = 16, Above = 18, Plot = 116;
    private const int Window = 9;

    /// <summary>Draws the panel.</summary>
    /// <param name="svg">The target.</param>
    /// <param name="name">The heading.</param>
    /// <param name="points">At least one.</param>
    /// <param name="last">The step at the right end, the same for all panels.</param>
    /// <param name="x">Left edge.</param>
    /// <param name="y">Upper edge.</param>
    public static void Draw(
        SvgPage svg, string name, List<(long Step, double Value)> points, long last, double x, double y)
    {
        var (low, high) = Range(points);
        var (left, right, top) = (x + Left, x + Width - Right, y + Above);

        double X(long step) => left + ((right - left) * step / Math.Max(last, 1));
        double Y(double value) => top + Plot - (Plot * (value - low) / (high - low));

        svg.Text(left, top - 4, name);
        foreach (var value in (double[])[low, (low + high) / 2, high])
        {
            svg.Line(left, Y(value), right, Y(value), "stroke=\"#dddddd\"");
            svg.Text(left - 6, Y(value) + 4, FormattableString.Invariant($"{value:G4}"), "text-anchor=\"end\"");
        }

        svg.Text(right, top + Plot + 14, FormattableString.Invariant($"step {last}"), "text-anchor=\"end\"");
        Line(points, "stroke=\"#bbbbbb\"");
        if (points.Count >= Window)
        {
            Line(Smooth(points), "stroke=\"#0072B2\" stroke-width=\"2\"");
        }
        else
        {
            points.ForEach(point => svg.Dot(X(point.Step), Y(point.Value), "#0072B2"));
        }

        void Line(List<(long Step, double Value)> of, string attributes) =>
            svg.Polyline(of.Select(point => (X(point.Step), Y(point.Value))), attributes);
    }

    // A constant value is drawn in the middle between 0 and twice of it.
    private static (double Low, double High) Range(List<(long Step, double Value)> points)
    {
        var (low, high) = (points.Min(p => p.Value), points.Max(p => p.Value));
        var size = Math.Max(Math.Abs(low), Math.Abs(high));
        return high - low > 1e-6 * size
            ? (low, high)
            : size == 0 ? (-1, 1) : (Math.Min(0, 2 * low), Math.Max(0, 2 * high));
    }

    private static List<(long Step, double Value)> Smooth(List<(long Step, double Value)> points) =>
    [
        .. points.Select((point, i) =>
        {
            var near = points.Skip(Math.Max(i - (Window / 2), 0)).Take(Window).Select(p => p.Value).Order().ToArray();
            return (point.Step, near[near.Length / 2]);
        }),
    ];
}
