namespace FaceLoupe.Training.Ablations;

/// <summary>Summarises the seeds of a row.</summary>
internal static class RowSummary
{
    public static RowResult Of(AblationRow row, string? sameTrainingAs, IReadOnlyList<SeedResult> seeds)
    {
        var measured = seeds.Select(seed => seed.Figures).OfType<RowFigures>().ToArray();
        return new RowResult
        {
            Name = row.Name,
            Label = row.Label,
            Paper = row.Paper,
            Overrides = row.Overrides,
            SameTrainingAs = sameTrainingAs,
            Ap = Means(measured.SelectMany(figures => figures.Sets).SelectMany(
                set => set.Bands.Where(band => band.Ap is not null)
                    .Select(band => ($"{set.Set}/{band.Band}", band.Ap!.Value)))),
            Regions = Means(
                measured.SelectMany(figures => figures.Regions).Select(figure => (figure.Key, figure.Value))),
            Seeds = seeds,
        };
    }

    private static Dictionary<string, MeanAndSpread> Means(IEnumerable<(string Name, double Value)> values) =>
        values.GroupBy(value => value.Name, value => value.Value)
            .ToDictionary(group => group.Key, group => MeanAndSpread.Of([.. group]));
}
