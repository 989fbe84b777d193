namespace FaceLoupe.Cli.Plotting;

/// <summary>One line of a plot.</summary>
/// <param name="Label">Its text in the legend.</param>
/// <param name="Points">Its points, left to right.</param>
/// <param name="IsOurs">Whether it is drawn thick and black.</param>
internal sealed record Series(string Label, IReadOnlyList<(double X, double Y)> Points, bool IsOurs = false)
{
    private const double Visible = 0.0005;

    /// <summary>A copy without points too close to distinguish, which keeps SVG files small.</summary>
    public Series Thinned()
    {
        var kept = new List<(double X, double Y)>();
        for (var i = 0; i < Points.Count; i++)
        {
            if (kept.Count == 0 || i == Points.Count - 1
                || Math.Abs(Points[i].X - kept[^1].X) + Math.Abs(Points[i].Y - kept[^1].Y) >= Visible)
            {
                kept.Add(Points[i]);
            }
        }

        return this with { Points = kept };
    }
}
