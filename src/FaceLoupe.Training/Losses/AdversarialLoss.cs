using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Losses;

/// <summary>The game between G and D: Eq. (5) for the generator, the first line of Eq. (11) for the discriminator.</summary>
internal static class AdversarialLoss
{
    /// <summary>Eq. (5), to be minimised by G: the mean of log(1 - D(G(x))), or of -log D(G(x)).</summary>
    /// <param name="realOfGenerated">Logits of "real" for generated pictures.</param>
    /// <param name="form">Which form.</param>
    public static Tensor ForGenerator(Tensor realOfGenerated, AdversarialForm form) =>
        form == AdversarialForm.Saturating
            ? -functional.softplus(realOfGenerated).mean() // log(1 - sigmoid(z)) = -softplus(z)
            : functional.softplus(-realOfGenerated).mean(); // -log sigmoid(z) = softplus(-z)

    /// <summary>The mean of -log(1 - D(G(x))) - log D(real), to be minimised by D.</summary>
    public static Tensor ForDiscriminator(Tensor realOfReal, Tensor realOfGenerated) =>
        functional.softplus(realOfGenerated).mean() + functional.softplus(-realOfReal).mean();
}
