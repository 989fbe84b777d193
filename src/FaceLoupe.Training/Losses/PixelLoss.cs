using FaceLoupe.Training.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Losses;

/// <summary>
/// Eq. (4): squared differences of both the upsampled and the refined picture from the real one. The paper sums over
/// pixels; here it is the mean, so that its weight does not depend on the size of a region.
/// </summary>
internal static class PixelLoss
{
    /// <summary>Scalar, at least 0. All pictures are N x 3 x H x W in [-1, 1].</summary>
    public static Tensor Of(GeneratorOutput generated, Tensor real)
    {
        var upsampled = functional.mse_loss(generated.Upsampled, real);
        return ReferenceEquals(generated.Upsampled, generated.Refined)
            ? upsampled // without refinement there is one picture and one term
            : upsampled.Add(functional.mse_loss(generated.Refined, real));
    }
}
