using FaceLoupe.Models;
using FaceLoupe.Proposals;
using FaceLoupe.Scoring;

namespace FaceLoupe.Refinement;

/// <summary>Step 5: fuses the scores of the two stages.</summary>
internal static class ScoreFusion
{
    /// <summary>The fused logit: a weighted sum, whose weights are fitted after training.</summary>
    public static float Fuse(FusionSection fusion, float stage1Logit, float stage2Logit) =>
        (fusion.Stage1Weight * stage1Logit) + (fusion.Stage2Weight * stage2Logit) + fusion.Bias;

    /// <summary>The fused logit, less the landmarks' distance from the shape of a face if that has a weight.</summary>
    public static float Fuse(FusionSection fusion, Proposal proposal, in DiscriminatorOutput output)
    {
        var logit = Fuse(fusion, proposal.Logit, output.FaceLogit);
        return fusion.LandmarkWeight > 0 && output.Landmarks is { } landmarks
            ? logit - (fusion.LandmarkWeight * landmarks.Within(proposal.Box).ShapeDistance)
            : logit;
    }

    /// <summary>Whether a candidate goes to the second stage.</summary>
    public static bool InStage2Band(Stage2BandSection? band, float stage1Logit) =>
        band is null || (stage1Logit >= Logistic.Logit(band.Low) && stage1Logit <= Logistic.Logit(band.High));

    /// <summary>The fused logit of a candidate that skips the second stage.</summary>
    public static float FuseConfident(FusionSection fusion, Stage2BandSection band, float stage1Logit) =>
        Fuse(fusion, stage1Logit, (band.Slope * stage1Logit) + band.Offset);
}
