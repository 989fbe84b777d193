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

    [Fact]
    public void by_default_both_stages_count_the_same() => ScoreFusion.Fuse(new FusionSection(), 3, -1).ShouldBe(1);
}
