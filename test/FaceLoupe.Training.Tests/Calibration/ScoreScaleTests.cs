using FaceLoupe.Models;
using FaceLoupe.Training.Calibration;

namespace FaceLoupe.Training.Tests.Calibration;

public sealed class ScoreScaleTests
{
    [Fact]
    public void the_line_that_made_the_outcomes_is_found()
    {
        var random = new Random(1);
        var matched = Enumerable.Range(0, 20_000).Select(_ =>
        {
            var logit = (random.NextDouble() * 8) - 4;
            return (logit, random.NextDouble() < 1 / (1 + Math.Exp(-((0.5 * logit) + 1))));
        }).ToArray();

        var scale = ScoreScale.Fit(matched);

        scale.Slope.ShouldBe(0.5, 0.03);
        scale.Offset.ShouldBe(1, 0.06);
        var calibrated = matched.Select(box => ((0.5 * box.logit) + 1, box.Item2)).ToArray();
        Reliability.Of(calibrated).Error.ShouldBeLessThan(0.02);
        Reliability.Of(matched).Error.ShouldBeGreaterThan(0.1);
    }

    [Fact]
    public void a_calibrated_fusion_gives_the_scaled_logit()
    {
        var fusion = new FusionSection
        {
            Stage1Weight = 1, Stage2Weight =
                2, Bias = 3, DeltaWeight = 0.5f, Native = new FusionSection { Stage1Weight = 4, Bias = -1 },
        };

        var scaled = new ScoreScale(0.5, 0.25).Apply(fusion);

        scaled.ShouldBe(new FusionSection
        {
            Stage1Weight = 0.5f, Stage2Weight = 1, Bias = 1.75f, DeltaWeight = 0.5f,
            Native = new FusionSection { Stage1Weight = 2, Stage2Weight = 0.25f, Bias = -0.25f },
        });
    }

    [Fact]
    public void boxes_of_one_kind_are_refused() =>
        Should.Throw<FaceLoupeException>(() => ScoreScale.Fit([(1, true), (2, true)]))
        .Message.ShouldContain("all of one kind");

    [Fact]
    public void reliability_by_hand()
    {
        // Two boxes of score 0.5, one of them right; one of 0.88 that is wrong.
        var reliability = Reliability.Of([(0, true), (0, false), (2, false)]);

        reliability.Bins.Count.ShouldBe(2);
        reliability.Bins[0].ShouldBe((0.5, 0.5, 2));
        reliability.Error.ShouldBe(0.8808 / 3, 1e-4);
    }
}
