using FaceLoupe.Training.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Losses;

/// <summary>Adversarial losses: Eq. (5) for the generator, the first line of Eq. (11) for the discriminator.</summary>
internal static class AdversarialLoss
{
    /// <summary>Eq. (5), to be minimised by G: the mean of log(1 - D(G(x))), or of -log D(G(x)).</summary>
    /// <param name="realOfGenerated">Logits of "real" for generated images.</param>
    /// <param name="form">Which form.</param>
    public static Tensor ForGenerator(Tensor realOfGenerated, AdversarialForm form) =>
        form == AdversarialForm.Saturating
            ? -Softplus(realOfGenerated).mean() // log(1 - sigmoid(z)) = -softplus(z)
            : Softplus(-realOfGenerated).mean(); // -log sigmoid(z) = softplus(-z)

    /// <summary>The mean of -log(1 - D(G(x))) - log D(real), to be minimised by D.</summary>
    public static Tensor ForDiscriminator(Tensor realOfReal, Tensor realOfGenerated) =>
        Softplus(realOfGenerated).mean().Add(Softplus(-realOfReal).mean());

    // Cross-entropy with the label 0. TorchSharp's softplus takes its constants as unprotected scalars (see
    // ScalarMath).
    private static Tensor Softplus(Tensor logits) =>
        functional.binary_cross_entropy_with_logits(logits, zeros_like(logits), reduction: Reduction.None);
}
