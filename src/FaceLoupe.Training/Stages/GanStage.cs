using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Mining;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Runs;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>Options of the stage that trains G and D in turn.</summary>
internal sealed record GanStageOptions : GeneratorStageOptions
{
    /// <summary>Learning rate of the discriminator over the generator's. Default 1, as in the paper.</summary>
    public double DiscriminatorRateFactor { get; init; } = 1;

    /// <summary>Decay of D's averaged weights, which are exported, per step. Default 0.998.</summary>
    public double AverageDecay { get; init; } = 0.998;

    public override IEnumerable<string> Faults()
    {
        foreach (var fault in base.Faults())
        {
            yield return fault;
        }

        if (DiscriminatorRateFactor <= 0 || AverageDecay is < 0 or >= 1)
        {
            yield return "discriminatorRateFactor must be above 0, averageDecay from 0 to below 1";
        }
    }
}

/// <summary>Trains D by Eq. (11) and G by Eq. (10) in turn, one step each (k = 1, the paper's section 4.2).</summary>
internal sealed class GanStage(TrainingConfig config, RegionFile regions, RegionFile? validation)
{
    private readonly GanStageOptions options = config.Gan;

    /// <summary>Trains until the steps are done or a stop is wished for; both networks are the result.</summary>
    public void Train(GeneratorNetwork generator, DiscriminatorNetwork discriminator, RunDirectory run, CancellationToken cancellation)
    {
        discriminator.Trunk.Freeze();
        generator.train();
        discriminator.train();
        var learnt = discriminator.parameters().Where(p => p.requires_grad).ToArray();
        using var ofGenerator = optim.Adam(generator.parameters(), options.LearningRate.Rate);
        using var ofDiscriminator = optim.Adam(learnt, options.LearningRate.Rate);
        using var average = new WeightAverage(discriminator, options.AverageDecay);
        var state = new TrainedState()
            .Add("generator", generator).Add("generator", ofGenerator)
            .Add("discriminator", discriminator).Add("discriminator", ofDiscriminator).Add("discriminator", average);
        using var session = new StageSession(run, "gan", options, state, cancellation);
        using var batches = new Prefetcher<RegionBatch>(
            step => RegionBatch.Draw(regions, options.BatchSize, config.Seed, step), session.Step, options.Workers, 4);

        while (session.Next())
        {
            using var scope = NewDisposeScope();
            var batch = batches.Next(CancellationToken.None);
            var (low, high, truth) = (batch.Low(), batch.High(), batch.Truth());
            ofGenerator.SetLearningRate(session.LearningRate);
            ofDiscriminator.SetLearningRate(session.LearningRate * options.DiscriminatorRateFactor);
            var generated = generator.forward(low);
            var fake = generated.Refined.clamp(-1, 1); // as D will see it at inference

            var discriminatorLoss = GanLosses.Discriminator(
                discriminator.forward(high), discriminator.forward(fake.detach()), truth, config.Losses);
            var discriminatorValues = discriminatorLoss.Values();
            ofDiscriminator.zero_grad();
            discriminatorLoss.Total.backward();
            ofDiscriminator.step();
            average.Update(session.Step);

            SetTrainable(learnt, false); // G's step needs D's gradient by its input, not by its weights
            var generatorLoss = GanLosses.Generator(generated, high, discriminator.forward(fake), truth, config.Losses);
            var generatorValues = generatorLoss.Values();
            ofGenerator.zero_grad();
            generatorLoss.Total.backward();
            ofGenerator.step();
            SetTrainable(learnt, true);

            session.Look(low, generated, high, validation, options.ValidationRegions, generator, discriminator);
            session.EndStep(Named(generatorValues, discriminatorValues), options.BatchSize);
        }
    }

    private Dictionary<string, double> Named(
        IReadOnlyDictionary<string, double> generator, IReadOnlyDictionary<string, double> discriminator)
    {
        var all = generator.Select(v => ("g." + v.Key, v.Value)).Concat(discriminator.Select(v => ("d." + v.Key, v.Value)))
            .ToDictionary(v => v.Item1, v => v.Value);
        all["joint"] = GanLosses.Joint(generator, discriminator, config.Losses);
        return all;
    }

    private static void SetTrainable(IEnumerable<TorchSharp.Modules.Parameter> weights, bool trainable)
    {
        foreach (var weight in weights)
        {
            weight.requires_grad = trainable;
        }
    }
}
