using System.CommandLine;
using System.Text.Json;
using FaceLoupe.Training.Compression.Pruning;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Optimisation;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Stages.Options;
using FaceLoupe.Training.Workspace;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>Adversarial training: k steps of D by Eq. (11), one of G by Eq. (10) (k = 1 in the paper).</summary>
/// <param name="options">Options of the stage.</param>
/// <param name="losses">Weights and switches of Eq. (9) to (11).</param>
/// <param name="seed">Seed of the batches.</param>
/// <param name="regions">The training RoIs.</param>
/// <param name="validation">The validation RoIs; null: none.</param>
/// <param name="teacher">A discriminator to distil from; null: none.</param>
/// <param name="device">Device to calculate on; null: the CPU.</param>
internal sealed class GanStage(
    GanStageOptions options, LossOptions losses, ulong seed, RegionFile regions, RegionFile? validation,
    DiscriminatorTeacher? teacher = null, torch.Device? device = null)
{
    private readonly torch.Device device = device ?? CPU;

    public static Command Create() =>
        new StageCommand("gan", "Train generator and discriminator in turn, Eq. (10) and (11).", hasTrunk: true)
            .Handle(Run);

    /// <summary>Trains the stage, or resumes it.</summary>
    public static void Run(StageContext context, CancellationToken cancellation)
    {
        using var regions = context.OpenRegions();
        using var validation = context.OpenValidation();
        if (context.Config.DiscriminatorNetwork.LandmarkCells > 0 && !regions.HasLandmarks)
        {
            throw new FaceLoupeException(
                $"{context.Training.TrainingRegions}: the RoIs were mined without landmarks, which "
                + "discriminatorNetwork.landmarkCells asks for; mine them again with this option, in a new --run.");
        }

        var config = context.Config;
        var trained = context.Training.OpenStage("generator").Run.ReadConfig<TrainingConfig>().GeneratorNetwork;
        if (JsonSerializer.Serialize(trained) != JsonSerializer.Serialize(config.GeneratorNetwork))
        {
            throw new FaceLoupeException(
                "generatorNetwork: differs from that of the generator stage, whose network goes on learning; set it "
                + "back, or train a generator in another --run.");
        }

        var options = config.Gan with { Precision = ChosenPrecision.OfGan(context) };
        using var generator = context.Training.LoadGenerator("generator");
        using var discriminator = new DiscriminatorNetwork(config.DiscriminatorNetwork);
        using var teacher = DiscriminatorTeacher.Open(config, regions);
        if (context.Run.LatestCheckpoint() is null)
        {
            Initialise(generator, discriminator, teacher?.Pruning, context, cancellation);
        }

        teacher?.Join(options.Precision, context.Device);

        new GanStage(options, config.Losses, config.Seed, regions, validation, teacher, context.Device)
            .Train(generator, discriminator, context.Run, cancellation);
    }

    /// <summary>Trains both networks until the steps are done or a stop is requested.</summary>
    public void Train(
        GeneratorNetwork generator, DiscriminatorNetwork discriminator, RunDirectory run,
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

        // With k above 1, every line of metrics has the values of G's last step.
        List<KeyValuePair<string, double>> ofLastStep = [];
        while (session.Next())
        {
            using var scope = NewDisposeScope();
            var batch = session.Take(batches);
            var (low, high, truth) = (batch.Low(device), batch.High(device), batch.Truth(device));
            ofGenerator.LearningRate = session.LearningRate;
            ofDiscriminator.LearningRate = session.LearningRate * options.DiscriminatorRateFactor;
            var generatorLearns = session.Step % options.DiscriminatorSteps == 0;
            var generated = Generate(generator, low, generatorLearns);
            var fake = generated.Refined.Clamp(-1, 1); // as D gets it at inference

            var shown = fake.detach(); // D's step does not train G
            var (ofHigh, ofFake) = (discriminator.Features.forward(high), discriminator.Features.forward(shown));
            var (onHigh, onFake) = (discriminator.RunHeads(ofHigh), discriminator.RunHeads(ofFake));
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
                SetTrainable(learnt, false); // G's step needs no gradients of D's weights
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

            session.WriteSheet(low, generated, high, validation, options.ValidationRegions, generator, discriminator);
            session.EndStep(new Dictionary<string, double>(values), options.BatchSize);
        }
    }

    private static List<KeyValuePair<string, double>> Prefixed(
        string prefix, IReadOnlyDictionary<string, double> values) =>
        [.. values.Select(value => KeyValuePair.Create(prefix + value.Key, value.Value))];

    // Steps of D alone need no gradient through G.
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

    // D is initialised by pruning its teacher, from another run, or with ImageNet weights.
    private static void Initialise(
        GeneratorNetwork generator, DiscriminatorNetwork discriminator, DiscriminatorPruning? pruning,
        StageContext context, CancellationToken cancellation)
    {
        var options = context.Config.Gan;
        if (pruning is not null)
        {
            pruning.Fill(discriminator);
            return;
        }

        if (options.StartFrom is { } other)
        {
            var begun = new TrainedRun(other);
            if (!options.KeepGenerator)
            {
                begun.LoadGenerator(generator, "gan");
            }

            begun.LoadDiscriminator(discriminator);
            return;
        }

        if (discriminator.Options.Vgg is null)
        {
            PretrainedOption.Load(discriminator.Trunk, context.Pretrained, cancellation);
        }

        if (options.TrunkFromProposals)
        {
            context.Training.LoadProposalTrunk(discriminator.Trunk);
        }
    }
}
