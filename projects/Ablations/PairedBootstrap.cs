using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Ablations;

/// <summary>An interval of differences.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
internal sealed record DifferenceInterval(double Low, double High);

/// <summary>
/// How far a difference of two rows hangs on which images they were measured on: the images are drawn again, with
/// replacement, and both rows are measured on the same draw.
/// </summary>
internal sealed class PairedBootstrap
{
    private const int Draws = 1000;
    private const ulong Seed = 1;
    private const double Outside = 0.025; // on either side: the middle 95 of 100 draws

    private readonly
        Dictionary<(string Lacking, string Having, string Set, string Band, int Pairs), DifferenceInterval?> known = [];

    /// <summary>
    /// The middle 95 of 100 differences in AP, with the part minus without it, each the mean over the seeds; null where
    /// none were scored, or a draw has no face.
    /// </summary>
    public DifferenceInterval? Of(RowResult lacking, RowResult having, string set, string band)
    {
        var pairs = lacking.Measured.Join(
            having.Measured, seed => seed.Seed, seed => seed.Seed, (l, h) => (l.Figures!, h.Figures!)).ToArray();
        var key = (lacking.Name, having.Name, set, band, pairs.Length);
        if (!known.TryGetValue(key, out var interval))
        {
            (EvaluatedBand? Lacking, EvaluatedBand? Having)[] scored =
                [.. pairs.Select(pair => (pair.Item1.EvaluatedOn(set, band), pair.Item2.EvaluatedOn(set, band)))];
            var isWhole = scored.Length > 0 && scored.All(pair => pair.Lacking is not null && pair.Having is not null);
            known[key] = interval = isWhole ? Of([.. scored.Select(pair => (pair.Lacking!, pair.Having!))]) : null;
        }

        return interval;
    }

    /// <summary>The same for judgements, a pair for each seed.</summary>
    public static DifferenceInterval? Of(IReadOnlyList<(EvaluatedBand Lacking, EvaluatedBand Having)> pairs)
    {
        var times = new int[pairs[0].Lacking.Pictures];
        var differences = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var random = new SampleRandom(Seed, draw);
            Array.Clear(times);
            for (var i = 0; i < times.Length; i++)
            {
                times[random.NextInt(times.Length)]++;
            }

            foreach (var (lacking, having) in pairs)
            {
                if (having.AveragePrecision(times) - lacking.AveragePrecision(times) is not { } difference)
                {
                    return null;
                }

                differences[draw] += difference / pairs.Count;
            }
        }

        Array.Sort(differences);
        return new DifferenceInterval(
            differences[(int)(Draws * Outside)], differences[Draws - 1 - (int)(Draws * Outside)]);
    }
}
