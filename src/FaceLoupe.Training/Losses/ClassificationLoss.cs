using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Losses;

/// <summary>
/// Eq. (6), face or not. The paper prints log(y - D(x)), which is undefined for half of its arguments; meant is the
/// cross-entropy -log|1 - y - D(x)|, which for y in {0, 1} is the binary cross-entropy used here.
/// </summary>
internal static class ClassificationLoss
{
    /// <summary>Mean binary cross-entropy of one set of images.</summary>
    /// <param name="faceLogits">N x 1.</param>
    /// <param name="labels">N x 1, 1 for a face, 0 otherwise; between them where other detectors looked.</param>
    public static Tensor Of(Tensor faceLogits, Tensor labels) =>
        functional.binary_cross_entropy_with_logits(faceLogits, labels);
}
