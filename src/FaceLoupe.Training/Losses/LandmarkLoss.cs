using FaceLoupe.Training.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Losses;

/// <summary>
/// Smooth L1 of the coordinates of five landmarks where they are known, averaged over all samples as in Eq. (7).
/// Landmarks are the paper's future work.
/// </summary>
internal static class LandmarkLoss
{
    /// <summary>(1/N) sum over i of [known] sum over ten coordinates of SL1(t - v).</summary>
    /// <param name="landmarks">Predicted, N x 10.</param>
    /// <param name="truth">With landmarks.</param>
    public static Tensor Of(Tensor landmarks, RegionTruth truth)
    {
        var each = functional.smooth_l1_loss(landmarks, truth.Landmarks!, Reduction.None);
        return (each * truth.HasLandmarks!).sum().Times(1.0 / landmarks.shape[0]);
    }
}
