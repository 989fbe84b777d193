using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Optimisation;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>Options of the stage that starts the generator on the pixel-wise loss alone.</summary>
internal record GeneratorStageOptions : LoopOptions
{
    /// <summary>Validation regions that are measured with every contact sheet. Default 512.</summary>
    [Range(1, int.MaxValue)]
    public int ValidationRegions { get; init; } = 512;

    /// <summary>
    /// Form of Eq. (4). A logarithm weighs more than a mean square, by one over the error: in adversarial training,
    /// lower losses.pixel with it. Default meanSquare, the paper's.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public PixelForm PixelForm { get; init; }
}

/// <summary>Trains G by Eq. (4) alone, "to avoid undesirable local optima" (the paper's section 4.2).</summary>
/// <param name="options">How it trains.</param>
/// <param name="seed">Seed of the batches.</param>
/// <param name="regions">Mined for training.</param>
/// <param name="validation">Mined for the measurements; null: none.</param>
/// <param name="device">Where to calculate; null: on the processor.</param>
internal sealed class GeneratorStage(
    GeneratorStageOptions options,
    ulong seed,
    RegionFile regions,
    RegionFile? validation,
    torch.Device? device = null)
{
    /// <summary>Trains until the steps are done or a stop is wished for; the network is the result.</summary>
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
            var batch = batches.Next(CancellationToken.None);
            var (low, high) = (batch.Low(device), batch.High(device));
            var generated = generator.forward(low);
            var loss = new LossSum().Add("pixel", 1, () => PixelLoss.Of(generated, high, options.PixelForm));
            var values = loss.Values();
            optimizer.ZeroGradients();
            loss.Total.backward();
            optimizer.LearningRate = session.LearningRate;
            optimizer.Step();
            session.Look(low, generated, high, validation, options.ValidationRegions, generator, null);
            session.EndStep(values, options.BatchSize);
        }
    }
}
