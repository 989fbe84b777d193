using FaceLoupe.Training.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Losses;

/// <summary>Form of the pixel-wise loss.</summary>
internal enum PixelForm
{
    /// <summary>The mean of the squared differences over all pixels of all regions, the paper's Eq. (4).</summary>
    MeanSquare,

    /// <summary>
    /// The mean over regions of the logarithm of each one's mean square: what their mean PSNR counts, so that a dull or
    /// dark region is worth as much as one full of contrast. Its gradient is that of the mean square over the region's
    /// own.
    /// </summary>
    Logarithm,
}

/// <summary>
/// Eq. (4): squared differences of both the upsampled and the refined image from the real one. The paper sums over
/// pixels; here it is the mean, so that its weight does not depend on the size of a region.
/// </summary>
internal static class PixelLoss
{
    // A region this close (PSNR of 46 dB) is good enough; without it a flat region's logarithm would have no bottom.
    private const double CloseEnough = 1e-4;

    /// <summary>
    /// Scalar; at least 0 as a mean square, of any sign as a logarithm. All images are N x 3 x H x W in [-1, 1].
    /// </summary>
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
