using FaceLoupe.Training.Networks;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Losses;

/// <summary>Ground truth of N RoIs: labels N x 1 (how likely a face, 0 to 1) and box deltas N x 4.</summary>
internal sealed record RegionTruth(Tensor Labels, Tensor Deltas)
{
    /// <summary>Landmarks N x 10, from the proposal's centre in tenths of its sides; null: none are known.</summary>
    public Tensor? Landmarks { get; init; }

    /// <summary>N x 1, 1 where landmarks are known; null if <see cref="Landmarks"/> is.</summary>
    public Tensor? HasLandmarks { get; init; }

    /// <summary>The truth of the first RoIs.</summary>
    public RegionTruth First(long count) => new(Labels.narrow(0, 0, count), Deltas.narrow(0, 0, count))
    {
        Landmarks = Landmarks?.narrow(0, 0, count), HasLandmarks = HasLandmarks?.narrow(0, 0, count),
    };
}

/// <summary>The objectives of adversarial training, Eq. (10) for G and Eq. (11) for D.</summary>
internal static class GanLosses
{
    /// <summary>Eq. (10): pixel-wise, adversarial, classification and regression loss of generated images.</summary>
    public static LossSum Generator(
        GeneratorOutput generated, Tensor real, DiscriminatorOutput onGenerated, RegionTruth truth, LossOptions options,
        PixelForm pixelForm = PixelForm.MeanSquare) =>
        new LossSum()
            .Add("pixel", options.Pixel, () => PixelLoss.Of(generated, real, pixelForm))
            .Add("adversarial", options.AdversarialInGenerator ? options.Adversarial : 0,
                () => AdversarialLoss.ForGenerator(onGenerated.Real, options.AdversarialForm))
            .Add("classification", options.ClassificationInGenerator ? options.Classification : 0,
                () => ClassificationLoss.Of(onGenerated.Face, truth.Labels))
            .Add("regression", options.RegressionBranch && options.RegressionInGenerator ? options.Regression : 0,
                () => RegressionLoss.Of(onGenerated.Delta, truth.Deltas, truth.Labels));

    /// <summary>
    /// Eq. (11): adversarial, classification and regression loss of real and generated images. The first B of N real
    /// images have a generated twin; the others are native and have no adversarial loss. If D has a landmark head, its
    /// loss is added for RoIs with known landmarks.
    /// </summary>
    /// <param name="onReal">D's output for N real images.</param>
    /// <param name="onGenerated">D's output for B generated ones, B at most N.</param>
    /// <param name="truth">Of the N.</param>
    /// <param name="options">Weights and switches.</param>
    public static LossSum Discriminator(
        DiscriminatorOutput onReal, DiscriminatorOutput onGenerated, RegionTruth truth, LossOptions options)
    {
        var twins = onGenerated.Face.shape[0];
        var truthOfTwins = truth.First(twins);
        return new LossSum()
            .Add("adversarial", options.Adversarial,
                () => AdversarialLoss.ForDiscriminator(onReal.Real.narrow(0, 0, twins), onGenerated.Real))
            .Add("classification", options.Classification,
                () => ClassificationLoss.Of(onGenerated.Face, truthOfTwins.Labels)
                    .Add(ClassificationLoss.Of(onReal.Face, truth.Labels)))
            .Add("regression", options.RegressionBranch ? options.Regression : 0,
                () => RegressionLoss.Of(onReal.Delta, truth.Deltas, truth.Labels)
                    .Add(RegressionLoss.Of(onGenerated.Delta, truthOfTwins.Deltas, truthOfTwins.Labels)))
            .Add("landmarks",
                onReal.Landmarks is null || truth.Landmarks is null ? 0 : options.Landmarks ?? options.Regression,
                () => RegressionLoss.Of(onReal.Landmarks!, truth.Landmarks!, truth.HasLandmarks!)
                    .Add(RegressionLoss.Of(
                        onGenerated.Landmarks!, truthOfTwins.Landmarks!, truthOfTwins.HasLandmarks!)));
    }

    /// <summary>
    /// Eq. (9), the joint objective, for the log only: alpha (log(1 - D(G)) + log D(real)) + beta cls + gamma reg +
    /// pixel. The networks are trained by Eq. (10) and (11) in turn.
    /// </summary>
    public static double Joint(
        IReadOnlyDictionary<string, double> generator, IReadOnlyDictionary<string, double> discriminator,
        LossOptions options) =>
        (-options.Adversarial * discriminator.GetValueOrDefault("adversarial"))
        + (options.Classification * discriminator.GetValueOrDefault("classification"))
        + (options.Regression * discriminator.GetValueOrDefault("regression"))
        + (options.Pixel * generator.GetValueOrDefault("pixel"));
}
