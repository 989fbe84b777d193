namespace FaceLoupe.Training.Ablations;

/// <summary>Figure 6 of the paper as SVG: average precision against the context factor, ours and the paper's.</summary>
internal static class ContextFigure
{
    /// <summary>Draws one set's bands; null: no results.</summary>
    public static string? Svg(AblationTable table, AblationResult result, string set)
    {
        var rows = table.Rows.Where(row => row.ContextFactor is not null)
            .Select(row => (X: row.ContextFactor!.Value, Row: result.Rows.Single(r => r.Name == row.Name))).ToArray();
        var bands = rows.SelectMany(row => row.Row.Ap.Keys)
            .Where(key => key.StartsWith(set + "/", StringComparison.Ordinal)).Distinct().ToArray();
        if (bands.Length == 0)
        {
            return null;
        }

        var paper = rows.Where(row => row.Row.Paper is not null).Select(row => (row.X, Figures: row.Row.Paper!));
        FigureLine[] lines =
        [
            .. bands.Select(band =>
            {
                var ours = rows.Where(row => row.Row.Ap.ContainsKey(band)).ToArray();
                return new FigureLine(band[(set.Length + 1)..], [.. ours.Select(row => (row.X, row.Row.Ap[band].Mean))])
                {
                    Spreads = [.. ours.Select(row => row.Row.Ap[band].Spread ?? 0)],
                };
            }),
            new("paper, easy", [.. paper.Select(row => (row.X, row.Figures.Easy))]) { Dashes = "2 3" },
            new("paper, medium", [.. paper.Select(row => (row.X, row.Figures.Medium))]) { Dashes = "6 3" },
            new("paper, hard", [.. paper.Select(row => (row.X, row.Figures.Hard))]) { Dashes = "10 4" },
        ];
        var heights = lines.SelectMany(line => line.Points.Select(
            (point, i) => (point.Y, Spread: line.Spreads.ElementAtOrDefault(i)))).ToArray();
        var low = Math.Max(0, Math.Floor((heights.Min(point => point.Y - point.Spread) - 0.01) * 20) / 20);
        var high = Math.Min(1, Math.Ceiling((heights.Max(point => point.Y + point.Spread) + 0.001) * 20) / 20);
        return new LineFigure(
            $"AP against context factor, {set}", "context factor", "average precision", Right: 4, Left: 1, low, high)
        {
            Marks = [.. rows.Select(row => row.X).Distinct().Order()
                .Select(x => (x, FormattableString.Invariant($"X{x:0.0}")))],
        }.Svg(lines);
    }
}
