using FaceLoupe.Evaluation;
using FaceLoupe.Models;

namespace FaceLoupe.Training.Calibration;

/// <summary>
/// Chooses the weights of both stages and of the box delta by average precision over annotated sets, separately for
/// generated and native RoIs: coordinate search, until no change helps.
/// </summary>
internal sealed class FusionSearch(IReadOnlyList<CandidateSet> sets, float finalNms)
{
    private const int Rounds = 3;

    // Logits of stage 1 have a wider spread than D's, so the best share may be anywhere.
    private static readonly float[] Shares =
        [0, 0.05f, 0.1f, 0.15f, 0.2f, 0.25f, 0.3f, 0.35f, 0.4f, 0.45f, 0.5f, 0.55f, 0.6f, 0.65f, 0.7f, 0.75f, 0.8f,
            0.9f, 1];
    private static readonly float[] DeltaWeights = [0, 0.25f, 0.5f, 0.75f, 1];
    private static readonly float[] Biases = [-2, -1.5f, -1, -0.5f, 0, 0.5f, 1, 1.5f, 2];

    // Per set, the average precision of stage 1 alone in each band; 0 for a band without faces.
    private readonly double[][] alone = [.. sets.Select(set => Precisions(set, null, finalNms))];

    /// <summary>
    /// Mean over the sets of the average precision over all faces and in the smallest band, minus any band's loss
    /// against stage 1 alone: sets count equally, tiny faces twice, and no band may pay for them.
    /// </summary>
    public double Quality(FusionSection? fusion) => sets.Zip(alone).Average(pair =>
    {
        var bands = Precisions(pair.First, fusion, finalNms);
        return ((bands[0] + bands[1]) / 2) - bands.Zip(pair.Second).Sum(band => Math.Max(0, band.Second - band.First));
    });

    /// <summary>The best fusion found, with uncalibrated scores.</summary>
    public FusionSection Run()
    {
        var best = Weigh(0.5f) with { Native = Weigh(0.5f) };
        var quality = Quality(best);
        for (var round = 0; round < Rounds; round++)
        {
            var before = quality;
            foreach (var candidates in Neighbours())
            {
                foreach (var candidate in candidates(best))
                {
                    if (Quality(candidate) is var now && now > quality)
                    {
                        (best, quality) = (candidate, now);
                    }
                }
            }

            if (quality - before < 1e-4)
            {
                break;
            }
        }

        return best;
    }

    private static IEnumerable<Func<FusionSection, IEnumerable<FusionSection>>> Neighbours() =>
    [
        best => Shares.Select(
            share => Weigh(share) with { DeltaWeight = best.DeltaWeight, Bias = best.Bias, Native = best.Native }),
        best => Shares.Select(share => best with
        {
            Native = Weigh(share) with { DeltaWeight = best.Native!.DeltaWeight, Bias = best.Native.Bias },
        }),
        best => DeltaWeights.Select(weight => best with { DeltaWeight = weight }),
        best => DeltaWeights.Select(weight => best with { Native = best.Native! with { DeltaWeight = weight } }),
        best => Biases.Select(bias => best with { Native = best.Native! with { Bias = bias } }),
    ];

    private static double[] Precisions(CandidateSet set, FusionSection? fusion, float finalNms)
    {
        var bands = new BoxEvaluator().Evaluate(set.Fuse(fusion, finalNms)).Bands;
        return [.. bands.Select(
            (band, i) => band.AveragePrecision ?? (i == 1 ? bands[0].AveragePrecision : null) ?? 0)];
    }

    private static FusionSection Weigh(float share) => new() { Stage1Weight = 1 - share, Stage2Weight = share };
}
