using System.ComponentModel.DataAnnotations;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Optimisation;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>Options of the stage that trains G and D in turn.</summary>
internal sealed record GanStageOptions : GeneratorStageOptions, IValidatableObject
{
    /// <summary>Learning rate of the discriminator over the generator's. Default 1, as in the paper.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double DiscriminatorRateFactor { get; init; } = 1;

    /// <summary>
    /// Part of a batch that are native regions (see regions.nativeAbove), which D sees as the camera took them, 0 to
    /// below 1; without effect where none were mined. Default 0.5.
    /// </summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double NativeShare { get; init; } = 0.5;

    /// <summary>Steps of D for each step of G, the paper's k. Default 1, as in the paper.</summary>
    [Range(1, int.MaxValue)]
    public int DiscriminatorSteps { get; init; } = 1;

    /// <summary>
    /// D's trunk begins with what stage 1's learnt, stage by stage as far as the two are shaped alike, instead of with
    /// ImageNet weights alone: it then knows tiny faces from the first step. Default false, as in the paper.
    /// </summary>
    public bool TrunkFromProposals { get; init; }

    /// <summary>
    /// Only D begins with that of startFrom; G is the one that this training's generator stage made. Default false.
    /// </summary>
    public bool KeepGenerator { get; init; }

    /// <summary>A trained discriminator to learn from (<see cref="DistillationLoss"/>). Default none.</summary>
    public TeacherOptions Teacher { get; init; } = new();

    /// <summary>Decay of D's averaged weights, which are exported, per step. Default 0.998.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double AverageDecay { get; init; } = 0.998;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (KeepGenerator && StartFrom is null)
        {
            yield return new("keepGenerator needs a startFrom, without which G is this training's own anyway: name one or "
                + "drop it");
        }

        if (Teacher.Prune && (StartFrom is not null || TrunkFromProposals))
        {
            yield return new("a network that is pruned from its teacher has no startFrom and no trunkFromProposals: drop "
                + "one of them");
        }
    }
}

/// <summary>
/// Trains D by Eq. (11) and G by Eq. (10) in turn: k steps of D, one of G (k = 1 in the paper's section 4.2).
/// </summary>
/// <param name="options">How it trains.</param>
/// <param name="losses">Weights and switches of Eq. (9) to (11).</param>
/// <param name="seed">Seed of the batches.</param>
/// <param name="regions">Mined for training.</param>
/// <param name="validation">Mined for the measurements; null: none.</param>
/// <param name="teacher">A trained discriminator to learn from besides the labels; null: none.</param>
/// <param name="device">Where to calculate; null: on the processor.</param>
internal sealed class GanStage(
    GanStageOptions options,
    LossOptions losses,
    ulong seed,
    RegionFile regions,
    RegionFile? validation,
    DiscriminatorTeacher? teacher = null,
    torch.Device? device = null)
{
    private readonly torch.Device device = device ?? CPU;

    /// <summary>Trains until the steps are done or a stop is wished for; both networks are the result.</summary>
    public void Train(
        GeneratorNetwork generator,
        DiscriminatorNetwork discriminator,
        RunDirectory run,
        CancellationToken cancellation)
    {
        generator.to(device);
        discriminator.to(device);
        discriminator.Features.Freeze();
        generator.train();
        discriminator.train();
        generator.SetPrecision(options.Precision);
        discriminator.SetPrecision(options.Precision);
        var learnt = discriminator.parameters().Where(p => p.requires_grad).ToArray();
        using var ofGenerator = new AdamOptimizer(generator.parameters());
        using var ofDiscriminator = new AdamOptimizer(learnt);
        using var average = new WeightAverage(discriminator, options.AverageDecay);
        var state = new TrainedState()
            .Add("generator", generator).Add("generator", ofGenerator)
            .Add("discriminator", discriminator).Add("discriminator", ofDiscriminator).Add("discriminator", average);
        using var session = new StageSession(run, "gan", options, state, cancellation);
        var native = regions.Native.Count == 0 ? 0 : (int)(options.BatchSize * options.NativeShare);
        using var batches = new Prefetcher<RegionBatch>(
            step => RegionBatch.Draw(regions, options.BatchSize - native, native, seed, step),
            session.Step,
            options.Workers);

        // G steps less often than D where k is above 1; every line has the parts of its last step.
        List<KeyValuePair<string, double>> ofLastStep = [];
        while (session.Next())
        {
            using var scope = NewDisposeScope();
            var batch = batches.Next(CancellationToken.None);
            var (low, high, truth) = (batch.Low(device), batch.High(device), batch.Truth(device));
            ofGenerator.LearningRate = session.LearningRate;
            ofDiscriminator.LearningRate = session.LearningRate * options.DiscriminatorRateFactor;
            var generatorLearns = session.Step % options.DiscriminatorSteps == 0;
            var generated = Generate(generator, low, generatorLearns);
            var fake = generated.Refined.Clamp(-1, 1); // as D will see it at inference

            var shown = fake.detach(); // D's step stops at G's picture
            var (ofHigh, ofFake) = (discriminator.Features.forward(high), discriminator.Features.forward(shown));
            var (onHigh, onFake) = (discriminator.Judge(ofHigh), discriminator.Judge(ofFake));
            var discriminatorLoss = GanLosses.Discriminator(onHigh, onFake, truth, losses);
            teacher?.AddTo(discriminatorLoss, high, ofHigh, onHigh, "OfReal");
            teacher?.AddTo(discriminatorLoss, shown, ofFake, onFake, "OfGenerated");
            var values = Prefixed("d.", discriminatorLoss.Values());
            ofDiscriminator.ZeroGradients();
            discriminatorLoss.Total.backward();
            ofDiscriminator.Step();
            average.Update(session.Step);

            if (generatorLearns)
            {
                SetTrainable(learnt, false); // G's step needs D's gradient by its input, not by its weights
                var original = high.narrow(0, 0, low.shape[0]);
                var generatorLoss = GanLosses.Generator(
                    generated, original, discriminator.forward(fake), truth.First(low.shape[0]), losses,
                    options.PixelForm);
                var generatorValues = generatorLoss.Values();
                ofGenerator.ZeroGradients();
                generatorLoss.Total.backward();
                ofGenerator.Step();
                SetTrainable(learnt, true);
                ofLastStep = [.. Prefixed("g.", generatorValues),
                    new("joint", GanLosses.Joint(generatorValues, discriminatorLoss.Values(), losses))];
            }

            values = [.. values, .. ofLastStep];

            session.Look(low, generated, high, validation, options.ValidationRegions, generator, discriminator);
            session.EndStep(new Dictionary<string, double>(values), options.BatchSize);
        }
    }

    private static List<KeyValuePair<string, double>> Prefixed(
        string prefix, IReadOnlyDictionary<string, double> values) =>
        [.. values.Select(value => KeyValuePair.Create(prefix + value.Key, value.Value))];

    // At most steps of D nothing is learnt from G's way to its picture, and what lies on it need not be kept.
    internal static GeneratorOutput Generate(GeneratorNetwork generator, Tensor low, bool learns)
    {
        if (learns)
        {
            return generator.forward(low);
        }

        using var noGrad = no_grad();
        return generator.forward(low);
    }

    private static void SetTrainable(IEnumerable<TorchSharp.Modules.Parameter> weights, bool trainable)
    {
        foreach (var weight in weights)
        {
            weight.requires_grad = trainable;
        }
    }
}
