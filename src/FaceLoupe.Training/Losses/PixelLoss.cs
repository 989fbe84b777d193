using FaceLoupe.Training.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Losses;

/// <summary>Form of the pixel-wise loss.</summary>
internal enum PixelForm
{
    /// <summary>The mean of the squared differences over all pixels of all RoIs, the paper's Eq. (4).</summary>
    MeanSquare,

    /// <summary>
    /// The mean over RoIs of the logarithm of the mean square, as in mean PSNR: RoIs of low and high contrast count
    /// equally. Its gradient is that of the mean square over the RoI's own.
    /// </summary>
    Logarithm,
}

/// <summary>
/// Eq. (4): squared differences of the upsampled and the refined image from the real one. The paper sums over pixels;
/// here it is the mean, so that the weight does not depend on the RoI's size.
/// </summary>
internal static class PixelLoss
{
    // A mean square this small (PSNR of 46 dB) is good enough; without it, a flat RoI's logarithm has no lower bound.
    private const double CloseEnough = 1e-4;

    /// <summary>A scalar; as a mean square 0 or more. Images: N x 3 x H x W in [-1, 1].</summary>
    public static Tensor Of(GeneratorOutput generated, Tensor real, PixelForm form = PixelForm.MeanSquare)
    {
        var upsampled = Difference(generated.Upsampled, real, form);
        return ReferenceEquals(generated.Upsampled, generated.Refined)
            ? upsampled // without refinement there is one image and one term
            : upsampled.Add(Difference(generated.Refined, real, form));
    }

    private static Tensor Difference(Tensor picture, Tensor real, PixelForm form) => form == PixelForm.MeanSquare
        ? functional.mse_loss(picture, real)
        : functional.mse_loss(picture, real, Reduction.None).mean([1, 2, 3]).Plus(CloseEnough).log().mean();
}
