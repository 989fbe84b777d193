using System.Globalization;
using System.Text;

namespace FaceLoupe.Training.Ablations;

/// <summary>A result as Markdown.</summary>
internal static class AblationReport
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string Markdown(AblationResult result)
    {
        var text = new StringBuilder($"# {result.Title}\n\n");
        text.Append(Invariant, $"Preset `{result.Preset}`, seeds {string.Join(", ", result.Seeds)}, ");
        text.Append(Invariant, $"{result.TrainedMinutes:0.0} minutes of training in this call; ");
        text.Append(Invariant, $"written {result.Written:yyyy-MM-dd HH:mm} UTC by\n\n    {result.CommandLine}\n\n");
        text.Append(
            "Average precision: mean over seeds ± standard deviation. The paper's figures are on the WIDER FACE ");
        text.Append("validation set with its training data and networks; compare signs, not sizes.\n");
        foreach (var (set, pictures, bands) in SetsOf(result.Rows))
        {
            Figures(text, result, set, pictures, bands);
            foreach (var band in result.Comparisons.Where(part => part.Set == set).GroupBy(part => part.Band))
            {
                Comparisons(text, [.. band], band.Key);
            }
        }

        Regions(text, result);
        Rows(text, result);
        return text.ToString();
    }

    /// <summary>Every set that a row was evaluated on, with its bands.</summary>
    public static IEnumerable<(string Set, int Pictures, IReadOnlyList<BandFigures> Bands)> SetsOf(
        IReadOnlyList<RowResult> rows) => rows.SelectMany(row => row.Measured).SelectMany(seed => seed.Figures!.Sets)
            .GroupBy(set => set.Set).Select(group => (group.Key, group.First().Pictures, group.First().Bands));

    private static void Figures(
        StringBuilder text, AblationResult result, string set, int pictures, IReadOnlyList<BandFigures> bands)
    {
        var counts = bands.Select(band => string.Create(Invariant, $"{band.Faces:N0} faces {band.Band}"));
        text.Append(Invariant, $"\n## {set}: {pictures:N0} images, {string.Join(", ", counts)}\n\n");
        text.Append(Invariant,
            $"| row | {string.Join(" | ", bands.Select(band => band.Band))} | seeds | paper: easy | medium | hard |\n");
        text.Append("|---|").Insert(text.Length, "---:|", bands.Count + 4).Append('\n');
        foreach (var row in result.Rows)
        {
            var cells = bands.Select(band => Cell(row.Ap.GetValueOrDefault($"{set}/{band.Band}")));
            string[] paper = row.Paper is { } p
                ? [.. new[] { p.Easy, p.Medium, p.Hard }.Select(value => value.ToString("F3", Invariant))]
                : ["-", "-", "-"];
            text.Append(Invariant, $"| {row.Label} | {string.Join(" | ", cells)} | {row.Measured.Count()} | ");
            text.Append(Invariant, $"{string.Join(" | ", paper)} |\n");
        }
    }

    private static void Comparisons(StringBuilder text, PartComparison[] comparisons, string band)
    {
        if (comparisons.Length == 0)
        {
            return;
        }

        text.Append(Invariant, $"\nWhat each part brings ({band} faces; with it minus without it, seed by seed):\n\n");
        text.Append("| part | difference | 95% over images | paper, hard | sign |\n|---|---:|---:|---:|---|\n");
        foreach (var part in comparisons)
        {
            var difference = Cell(part.Difference, signed: true);
            text.Append(Invariant, $"| {part.Part} | {difference} | {Cell(part.OverPictures)} | ");
            text.Append(Invariant, $"{(part.Paper is { } paper ? Signed(paper) : "-")} | {part.Conclusion} |\n");
        }
    }

    private static void Regions(StringBuilder text, AblationResult result)
    {
        var names = result.Rows.SelectMany(row => row.Regions.Keys).Distinct().ToArray();
        if (names.Length == 0)
        {
            return;
        }

        text.Append("\n## Mined validation RoIs\n\n");
        text.Append("PSNR in dB, SSIM, and the discriminator's average precision of \"face\".\n\n");
        text.Append(Invariant, $"| row | {string.Join(" | ", names)} |\n|---|")
            .Insert(text.Length, "---:|", names.Length).Append('\n');
        foreach (var row in result.Rows.Where(row => row.Regions.Count > 0))
        {
            var cells = names.Select(name => Cell(
                row.Regions.GetValueOrDefault(name),
                digits: name.StartsWith("psnr", StringComparison.Ordinal) ? 2 : 3));
            text.Append(Invariant, $"| {row.Label} | {string.Join(" | ", cells)} |\n");
        }
    }

    private static void Rows(StringBuilder text, AblationResult result)
    {
        text.Append("\n## Rows\n\n| row | name | changes of the preset | state |\n|---|---|---|---|\n");
        foreach (var row in result.Rows)
        {
            var changes = row.Overrides.Count == 0
                ? "none"
                : string.Join("<br>", row.Overrides.Select(change => $"`{change}`"));
            text.Append(Invariant, $"| {row.Label} | {row.Name} | {changes} | {StateOf(row)} |\n");
        }
    }

    private static string StateOf(RowResult row)
    {
        var states = row.Seeds.GroupBy(seed => (seed.State, seed.Remark)).Select(group =>
        {
            var seeds = string.Join(", ", group.Select(seed => seed.Seed.ToString(Invariant)));
            var remark = group.Key.Remark?.Replace("|", "\\|", StringComparison.Ordinal);
            var state = group.Key.State.ToString().ToLowerInvariant();
            return $"{state} (seed {seeds}){(remark is null ? "" : $": {remark}")}";
        });
        var same = row.SameTrainingAs is { } other ? $"; the same training as {other}" : "";
        return string.Join("<br>", states) + same;
    }

    private static string Cell(MeanAndSpread? value, bool signed = false, int digits = 3)
    {
        if (value is null)
        {
            return "-";
        }

        var format = "F" + digits.ToString(Invariant);
        var mean = signed ? Signed(value.Mean) : value.Mean.ToString(format, Invariant);
        return value.Spread is { } spread ? $"{mean} ± {spread.ToString(format, Invariant)}" : mean;
    }

    private static string Cell(DifferenceInterval? interval) =>
        interval is null ? "-" : $"{Signed(interval.Low)} to {Signed(interval.High)}";

    private static string Signed(double value) => value.ToString("+0.000;-0.000;0.000", Invariant);
}
