using FaceLoupe.Models;

namespace FaceLoupe.Refinement;

/// <summary>Step 5: makes one score of what the two stages think.</summary>
internal static class ScoreFusion
{
    /// <summary>The fused logit: a weighted sum, whose weights are fitted after training.</summary>
    public static float Fuse(FusionSection fusion, float stage1Logit, float stage2Logit) =>
        (fusion.Stage1Weight * stage1Logit) + (fusion.Stage2Weight * stage2Logit) + fusion.Bias;
}
