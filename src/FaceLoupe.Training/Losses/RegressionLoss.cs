using FaceLoupe.Training.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Losses;

/// <summary>
/// Eq. (7) and (8): smooth L1 of the four box deltas of faces, averaged over all samples. Landmarks, the paper's future
/// work, have the same form.
/// </summary>
internal static class RegressionLoss
{
    /// <summary>(1/N) sum over i of [u_i >= 1] sum over (x, y, w, h) of SL1(t - v).</summary>
    /// <param name="deltas">Predicted box deltas t, N x 4.</param>
    /// <param name="targets">True box deltas v, N x 4; ignored for non-faces.</param>
    /// <param name="labels">N x 1, 1 for a face, 0 otherwise; a probability counts in proportion.</param>
    public static Tensor Of(Tensor deltas, Tensor targets, Tensor labels)
    {
        var each = functional.smooth_l1_loss(deltas, targets, Reduction.None); // Eq. (8)
        return (each * labels).sum().Times(1.0 / deltas.shape[0]);
    }
}
