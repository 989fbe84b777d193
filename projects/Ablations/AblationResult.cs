using System.Text.Json.Serialization;

namespace FaceLoupe.Training.Ablations;

/// <summary>A table with its results: the content of ROOT/TABLE.json.</summary>
internal sealed record AblationResult
{
    public int SchemaVersion { get; init; } = 1;

    public required string Table { get; init; }

    public required string Title { get; init; }

    public required string Preset { get; init; }

    /// <summary>Time of writing, UTC.</summary>
    public required DateTimeOffset Written { get; init; }

    public required string CommandLine { get; init; }

    /// <summary>The git commit of the working folder; null outside a repository.</summary>
    public string? Commit { get; init; }

    public required IReadOnlyList<ulong> Seeds { get; init; }

    /// <summary>Minutes of training in this call so far.</summary>
    public required double TrainedMinutes { get; init; }

    public required IReadOnlyList<RowResult> Rows { get; init; }

    /// <summary>The difference that each part makes, on every set.</summary>
    public IReadOnlyList<PartComparison> Comparisons { get; init; } = [];
}

/// <summary>A row of the result.</summary>
internal sealed record RowResult
{
    public required string Name { get; init; }

    public required string Label { get; init; }

    /// <summary>The paper's figures on WIDER FACE validation; null: it has no such row.</summary>
    public PaperFigures? Paper { get; init; }

    public required IReadOnlyList<string> Overrides { get; init; }

    /// <summary>An earlier row of this table with the same training; null: none.</summary>
    public string? SameTrainingAs { get; init; }

    /// <summary>Mean and spread over the seeds that are done, by "set/band".</summary>
    public required IReadOnlyDictionary<string, MeanAndSpread> Ap { get; init; }

    /// <summary>Mean and spread of the figures on validation RoIs, by name.</summary>
    public required IReadOnlyDictionary<string, MeanAndSpread> Regions { get; init; }

    public required IReadOnlyList<SeedResult> Seeds { get; init; }

    /// <summary>The seeds with results.</summary>
    [JsonIgnore]
    public IEnumerable<SeedResult> Measured => Seeds.Where(seed => seed.Figures is not null);

    /// <summary>Summarises the seeds of a row.</summary>
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

    /// <summary>Average precision with one seed; null: no result.</summary>
    public double? ApOf(ulong seed, string set, string band) => Measured.FirstOrDefault(result => result.Seed == seed)?
        .Figures!.Sets.FirstOrDefault(figures => figures.Set == set)?
        .Bands.FirstOrDefault(figures => figures.Band == band)?.Ap;

    private static Dictionary<string, MeanAndSpread> Means(IEnumerable<(string Name, double Value)> values) =>
        values.GroupBy(value => value.Name, value => value.Value)
            .ToDictionary(group => group.Key, group => MeanAndSpread.Of([.. group]));
}

/// <summary>A mean over seeds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Spread">Standard deviation over the seeds (n - 1); null for a single one.</param>
/// <param name="Count">Number of seeds.</param>
internal sealed record MeanAndSpread(double Mean, double? Spread, int Count)
{
    /// <summary>Mean and spread of at least one number.</summary>
    public static MeanAndSpread Of(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return new MeanAndSpread(
            mean,
            values.Count < 2 ? null : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1)),
            values.Count);
    }
}
