using System.Text.Json.Serialization;

namespace FaceLoupe.Training.Ablations;

/// <summary>The difference that a part of the method makes: the row with it minus the row without it.</summary>
/// <param name="Part">The part.</param>
/// <param name="Lacking">The row without it.</param>
/// <param name="Having">The row with it.</param>
/// <param name="Paper">The paper's difference on Hard.</param>
/// <param name="Differences">Ours, one per seed for which both rows have results.</param>
/// <param name="Set">The set that both were evaluated on.</param>
/// <param name="Band">The size band.</param>
/// <param name="OverPictures">The 95% interval over resampled images; null: not known.</param>
internal sealed record PartComparison(
    string Part, [property: JsonIgnore] RowResult Lacking, [property: JsonIgnore] RowResult Having, double? Paper,
    IReadOnlyList<double> Differences, string Set = "", string Band = "", DifferenceInterval? OverPictures = null)
{
    // Bands to compare with the paper's Hard, first available first.
    private static readonly string[] Bands = ["hard", "all", "tiny"];

    // Twice the standard error: with few seeds, smaller differences are often chance.
    private const double Significant = 2;

    // Rounds to zero at three digits.
    private const double Shown = 0.0005;

    /// <summary>Name of the row without the part.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Without => Lacking.Name;

    /// <summary>Name of the row with it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string With => Having.Name;

    /// <summary>Mean and spread of the differences; null without any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public MeanAndSpread? Difference => Differences.Count == 0 ? null : MeanAndSpread.Of(Differences);

    /// <summary>Whether our sign is the paper's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Conclusion
    {
        get
        {
            if (Difference is not { } ours || Paper is not { } paper)
            {
                return "-";
            }

            if (ReferenceEquals(Lacking, Having) || Lacking.SameTrainingAs == Having.Name
                || Having.SameTrainingAs == Lacking.Name)
            {
                return "same training";
            }

            if (Math.Abs(ours.Mean) < Shown)
            {
                return "no difference";
            }

            var same = Math.Sign(ours.Mean) == Math.Sign(paper) ? "same sign" : "other sign";
            if (ours.Spread is not { } spread)
            {
                return $"{same}, one seed";
            }

            return Math.Abs(ours.Mean) > Significant * spread / Math.Sqrt(ours.Count)
                ? same
                : $"{same}, within the noise";
        }
    }

    /// <summary>Every comparison of a table on every set.</summary>
    public static IEnumerable<PartComparison> OfAll(
        AblationTable table, IReadOnlyList<RowResult> results, PairedBootstrap bootstrap)
    {
        foreach (var (set, _, bands) in AblationReport.SetsOf(results))
        {
            var named = Bands.Where(name => bands.Any(band => band.Band == name && band.Faces > 0)).ToArray();
            foreach (var band in named.Length > 0 ? named : [bands[0].Band])
            {
                foreach (var comparison in Of(table, results, set, band, bootstrap))
                {
                    yield return comparison;
                }
            }
        }
    }

    /// <summary>Every comparison of a table on one set and band.</summary>
    public static IEnumerable<PartComparison> Of(
        AblationTable table, IReadOnlyList<RowResult> results, string set, string band,
        PairedBootstrap? bootstrap = null)
    {
        foreach (var row in table.Rows.Where(row => row.ComparedWith is not null))
        {
            var lacking = results.Single(result => result.Name == row.Name);
            if (results.FirstOrDefault(result => result.Name == row.ComparedWith) is { } having)
            {
                yield return new PartComparison(
                    row.Part!, lacking, having, having.Paper?.Hard - row.Paper?.Hard,
                    [.. lacking.Measured.Select(
                        seed => having.ApOf(seed.Seed, set, band) - lacking.ApOf(seed.Seed, set, band))
                        .OfType<double>()],
                    set, band, bootstrap?.Of(lacking, having, set, band));
            }
        }
    }
}
