using FaceLoupe.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>
/// The arithmetic of a stage. Where the options leave it to the program, the first start chooses by time and run.json
/// keeps the choice, so that a run that goes on calculates as it began.
/// </summary>
internal static class ChosenPrecision
{
    // As many samples at most as tell which arithmetic is fast; a whole batch would tell the same, later.
    private const int MostCanvases = 4;
    private const int MostRegions = 32;

    public static TrainingPrecision OfProposals(StageContext context)
    {
        var (options, size) = (context.Config.Proposals, context.Config.Canvas.Size);
        return Of(
            context,
            options.Precision,
            () => Proposals(context),
            (network, device) => Sum(
                network, rand(Math.Min(MostCanvases, options.BatchSize), 3, size, size, device: device)));
    }

    public static TrainingPrecision OfMining(StageContext context)
    {
        var side = context.Config.Canvas.Size * context.Config.Mine.Enlargement;
        return Of(context, context.Config.Mine.Precision, () => Proposals(context), (network, device) =>
        {
            using var noGrad = no_grad();
            return Sum(network, rand(1, 3, side, side, device: device));
        });
    }

    public static TrainingPrecision OfGenerator(StageContext context)
    {
        var (options, low) = (context.Config.Generator, context.Config.Regions.LowResolution);
        return Of(
            context,
            options.Precision,
            () => new GeneratorNetwork(context.Config.GeneratorNetwork),
            (network, device) =>
            {
                var regions = Math.Min(MostRegions, options.BatchSize);
                var output = network.forward(rand(regions, 3, low, low, device: device));
                return output.Upsampled.sum() + output.Refined.sum();
            });
    }

    /// <summary>Of G and D together, by D, which is by far the larger.</summary>
    public static TrainingPrecision OfGan(StageContext context)
    {
        var (options, high) = (context.Config.Gan, context.Config.Regions.LowResolution * GeneratorNetwork.Factor);
        return Of(context, options.Precision, () => Discriminator(context), (network, device) =>
        {
            var output = network.forward(rand(Math.Min(MostRegions, options.BatchSize), 3, high, high, device: device));
            return output.Real.sum() + output.Face.sum() + output.Delta.sum();
        });
    }

    private static TrainingPrecision Of<T>(
        StageContext context, TrainingPrecision chosen, Func<T> network, Func<T, torch.Device, Tensor> step)
        where T : nn.Module
    {
        if (chosen != TrainingPrecision.Auto)
        {
            return chosen;
        }

        if (Enum.TryParse<TrainingPrecision>(context.Run.ReadInfo().Precision, ignoreCase: true, out var before))
        {
            return before;
        }

        var timed = PrecisionChoice.Time(network, step, context.Device ?? CPU);
        var best = PrecisionChoice.Best(timed);
        context.Run.NotePrecision(best.Key());
        Console.Error.WriteLine($"precision: {best.Key()}, chosen by a step of each ({PrecisionChoice.Text(timed)})");
        return best;
    }

    private static ProposalNetwork Proposals(StageContext context)
    {
        var network = new ProposalNetwork(context.Config.ProposalNetwork);
        network.Freeze(context.Config.Proposals.BranchesOnly);
        return network;
    }

    private static DiscriminatorNetwork Discriminator(StageContext context)
    {
        var network = new DiscriminatorNetwork(context.Config.DiscriminatorNetwork);
        network.Trunk.Freeze();
        return network;
    }

    private static Tensor Sum(ProposalNetwork network, Tensor images) =>
        network.forward(images).Select(output => output.Scores.sum() + output.Deltas.sum()).Aggregate((a, b) => a + b);
}
