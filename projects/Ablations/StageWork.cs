using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Workspace;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Ablations;

/// <summary>
/// How much there is to compute in a stage, in billions of multiply-accumulates: good enough to divide a budget of time
/// among stages of different kinds.
/// </summary>
internal sealed class StageWork
{
    // A pass back costs twice a pass forward. D sees real and generated regions in its own step, and the generated ones
    // once more in G's step.
    private const int Learning = 3;
    private const int LearningOfDiscriminator = 3 * Learning;

    private readonly Dictionary<string, double> perStep = [];

    /// <summary>What is left of a stage.</summary>
    public double Left(PlannedStage stage) => stage.IsDone ? 0 : (stage.Steps - stage.StepsDone) * PerStep(stage);

    private double PerStep(PlannedStage stage)
    {
        if (!perStep.TryGetValue(stage.Key.Hash, out var work))
        {
            perStep[stage.Key.Hash] = work = Measure(stage.Stage, stage.Config);
        }

        return work;
    }

    private static double Measure(string stage, TrainingConfig config)
    {
        var (low, high) = (config.Regions.LowResolution, config.Regions.HighResolution);
        switch (stage)
        {
            case "proposals":
                return config.Proposals.BatchSize * Learning * OfProposals(config, config.Canvas.Size);
            case "mine":
                return OfProposals(config, config.Canvas.Size * config.Mine.Enlargement);
            case "generator":
                return config.Generator.BatchSize * Learning * OfGenerator(config, low);
            default:
                using (var discriminator = new DiscriminatorNetwork(config.DiscriminatorNetwork))
                {
                    return config.Gan.BatchSize * ((Learning * OfGenerator(config, low))
                        + (LearningOfDiscriminator * Count(discriminator, high, x => discriminator.forward(x))));
                }
        }
    }

    private static double OfProposals(TrainingConfig config, int side)
    {
        using var network = new ProposalNetwork(config.ProposalNetwork);
        return Count(network, side, x => network.forward(x));
    }

    private static double OfGenerator(TrainingConfig config, int side)
    {
        using var network = new GeneratorNetwork(config.GeneratorNetwork);
        return Count(network, side, x => network.forward(x));
    }

    private static double Count(nn.Module network, int side, Action<Tensor> forward)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var counter = new MacCounter();
        network.eval();
        forward(zeros([1, 3, side, side]));
        return counter.Macs / 1e9;
    }
}
