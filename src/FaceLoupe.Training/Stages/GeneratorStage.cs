using System.CommandLine;
using System.Text.Json.Serialization;
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

/// <summary>Trains G by Eq. (4) alone, "to avoid undesirable local optima" (the paper's section 4.2).</summary>
/// <param name="options">Options of the stage.</param>
/// <param name="seed">Seed of the batches.</param>
/// <param name="regions">The training RoIs.</param>
/// <param name="validation">The validation RoIs; null: none.</param>
/// <param name="device">Device to calculate on; null: the CPU.</param>
internal sealed class GeneratorStage(
    GeneratorStageOptions options, ulong seed, RegionFile regions, RegionFile? validation, torch.Device? device = null)
{
    public static Command Create() =>
        new StageCommand("generator", "Train the generator alone on the pixel-wise loss, Eq. (4).").Handle(Run);

    /// <summary>Trains the stage, or resumes it.</summary>
    public static void Run(StageContext context, CancellationToken cancellation)
    {
        using var regions = context.OpenRegions();
        using var validation = context.OpenValidation();
        using var network = new GeneratorNetwork(context.Config.GeneratorNetwork);
        if (context.Run.LatestCheckpoint() is null && context.Config.Generator.StartFrom is { } other)
        {
            new TrainedRun(other).LoadGenerator(network, "generator");
        }

        var options = context.Config.Generator with { Precision = ChosenPrecision.OfGenerator(context) };
        new GeneratorStage(options, context.Config.Seed, regions, validation, context.Device)
            .Train(network, context.Run, cancellation);
    }

    /// <summary>Trains the network until the steps are done or a stop is requested.</summary>
    public void Train(GeneratorNetwork generator, RunDirectory run, CancellationToken cancellation)
    {
        generator.to(device ?? CPU);
        generator.train();
        generator.SetPrecision(options.Precision);
        using var optimizer = new AdamOptimizer(generator.parameters());
        var state = new TrainedState().Add("generator", generator).Add("generator", optimizer);
        using var session = new StageSession(run, "generator", options, state, cancellation);
        using var batches = new Prefetcher<RegionBatch>(
            step => RegionBatch.Draw(regions, options.BatchSize, 0, seed, step), session.Step, options.Workers);

        while (session.Next())
        {
            using var scope = NewDisposeScope();
            var batch = session.Take(batches);
            var (low, high) = (batch.Low(device), batch.High(device));
            var generated = generator.forward(low);
            var loss = new LossSum().Add("pixel", 1, () => PixelLoss.Of(generated, high, options.PixelForm));
            var values = loss.Values();
            optimizer.ZeroGradients();
            loss.Total.backward();
            optimizer.LearningRate = session.LearningRate;
            optimizer.Step();
            session.WriteSheet(low, generated, high, validation, options.ValidationRegions, generator, null);
            session.EndStep(values, options.BatchSize);
        }
    }
}
