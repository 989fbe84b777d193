using FaceLoupe.Models;
using FaceLoupe.Refinement;

namespace FaceLoupe.Tests.Refinement;

public class ScoreFusionTests
{
    [Fact]
    public void the_fused_logit_is_the_weighted_sum()
    {
        var fusion = new FusionSection { Stage1Weight = 0.25f, Stage2Weight = 2, Bias = -1 };
        ScoreFusion.Fuse(fusion, 4, -0.5f).ShouldBe(-1);
    }

    [Theory]
    [InlineData(-2.3f, false)]
    [InlineData(-2.1f, true)]
    [InlineData(2.1f, true)]
    [InlineData(2.3f, false)]
    public void the_stage_2_band_is_one_of_probabilities(float logit, bool inBand)
    {
        ScoreFusion.InStage2Band(new Stage2BandSection { Low = 0.1f, High = 0.9f }, logit).ShouldBe(inBand);
        ScoreFusion.InStage2Band(new Stage2BandSection(), logit).ShouldBeTrue();
        ScoreFusion.InStage2Band(null, logit).ShouldBeTrue();
    }

    [Fact]
    public void outside_the_band_a_line_stands_in_for_the_second_stage()
    {
        var fusion = new FusionSection { Stage1Weight = 0.25f, Stage2Weight = 2, Bias = -1 };
        var band = new Stage2BandSection { Slope = 0.5f, Offset = -3 };

        ScoreFusion.FuseConfident(fusion, band, 4).ShouldBe(ScoreFusion.Fuse(fusion, 4, -1));
    }

    [Fact]
    public void by_default_both_stages_count_the_same() => ScoreFusion.Fuse(new FusionSection(), 3, -1).ShouldBe(1);
}
