using FaceLoupe.Models;
using FaceLoupe.Training.Export;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Onnx;
using FaceLoupe.Training.Optimisation;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Workspace;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Import;

/// <summary>
/// Makes a training run of an exported model, to fine-tune or distil from. It is at step 0 and has no optimiser, so
/// that its stages cannot be resumed.
/// </summary>
/// <param name="training">The folder to fill, without any stages yet.</param>
/// <param name="config">The options that the model was trained with, with data and canvases.</param>
internal sealed class BundleImport(TrainedRun training, TrainingConfig config)
{
    // Enough for the mean and variance of a channel.
    private const int Canvases = 16;

    /// <summary>Imports all three networks.</summary>
    /// <param name="model">Folder of the model.</param>
    /// <param name="sampler">Canvases for the statistics of batch normalisations.</param>
    public void Run(string model, CanvasSampler sampler)
    {
        using var bundle = ModelBundle.Open(model);
        var manifest = bundle.Manifest;
        var imported = $"{manifest.Name} {manifest.Version}";
        var size = config.Canvas.Size;
        using var canvases = tensor(BatchPixels.First(sampler, Canvases, size), [Canvases, 3, size, size]);

        // All networks before anything is written: the options may not fit all of them.
        int low = config.Regions.LowResolution, high = config.Regions.HighResolution;
        using var proposals = new ProposalNetwork(config.ProposalNetwork);
        Fill(proposals, ProposalExport.Graph(proposals), Path.Combine(model, manifest.Proposals.File), canvases);
        using var generator = new GeneratorNetwork(config.GeneratorNetwork);
        using var patches = functional.avg_pool2d(canvases, GeneratorNetwork.Factor);
        Fill(generator, GeneratorExport.Graph(generator, low), Path.Combine(model, manifest.Generator.File),
            Tiles(patches, low));
        using var discriminator = new DiscriminatorNetwork(config.DiscriminatorNetwork);
        Fill(
            discriminator, DiscriminatorExport.Graph(discriminator, high),
            Path.Combine(model, manifest.Discriminator.File), Tiles(canvases, high));

        proposals.Freeze(config.Proposals.BranchesOnly);
        discriminator.Features.Freeze();
        using var proposalAverage = new WeightAverage(proposals, 0);
        using var discriminatorAverage = new WeightAverage(discriminator, 0);
        Save("proposals", imported, new TrainedState().Add("proposals", proposals).Add("proposals", proposalAverage));
        Save("generator", imported, new TrainedState().Add("generator", generator));
        Save("gan", imported, new TrainedState()
            .Add("generator", generator).Add("discriminator", discriminator)
            .Add("discriminator", discriminatorAverage));
    }

    // Only statistics depend on them, so tiles of canvases replace RoIs.
    private static Tensor Tiles(Tensor canvases, int side)
    {
        var columns = canvases.unfold(3, side, side).unfold(2, side, side);
        return columns.permute(0, 2, 3, 1, 5, 4).reshape(-1, 3, side, side).contiguous();
    }

    private static void Fill<T>(Module<Tensor, T> network, OnnxGraph graph, string path, Tensor inputs)
    {
        WeightImport.Fill(graph, path);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var layers = network.modules().OfType<ConvNorm>().ToList();
        network.eval();
        layers.ForEach(layer => layer.TakesStatistics = true);
        network.forward(inputs);
        layers.ForEach(layer => layer.TakesStatistics = false);
    }

    private void Save(string stage, string imported, TrainedState state)
    {
        using var run = RunDirectory.Create(training.StageFolder(stage), resumeIfExists: false);
        run.Describe(config, RunInfo.Capture(stage, config.Seed, "cpu") with { Imported = imported });
        run.SaveCheckpoint(0, state.Save);
    }
}
