using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Stages;

namespace FaceLoupe.Training.Runs;

/// <summary>
/// The folder of a whole training: one run directory a stage (proposals, mine, generator, gan), each of which finds
/// there what the stages before it made.
/// </summary>
internal sealed class TrainedRun(string root)
{
    private static readonly string[] StageOrder = ["proposals", "mine", "generator", "gan"];

    public string Root { get; } = root;

    public string TrainingRegions => Path.Combine(Root, "mine", "training.regions");

    public string ValidationRegions => Path.Combine(Root, "mine", "validation.regions");

    public string StageFolder(string stage) => Path.Combine(Root, stage);

    /// <summary>Options that an earlier stage of this training was started with; null for a new training.</summary>
    public string? FindConfig() =>
        StageOrder.Select(stage => Path.Combine(Root, stage, "config.json")).FirstOrDefault(File.Exists);

    /// <summary>The trained MB-FCN with its averaged weights, in evaluation mode.</summary>
    public ProposalNetwork LoadProposals()
    {
        var (run, checkpoint) = OpenStage("proposals");
        var config = run.ReadConfig<TrainingConfig>();
        var network = new ProposalNetwork(config.ProposalNetwork);
        network.Trunk.Freeze();
        network.load(Path.Combine(checkpoint.Folder, "proposals.weights"));
        ApplyAverage(network, Path.Combine(checkpoint.Folder, "proposals.average"));
        network.eval();
        return network;
    }

    /// <summary>The generator of a stage ("generator" or "gan"), in evaluation mode.</summary>
    public GeneratorNetwork LoadGenerator(string stage)
    {
        var (run, checkpoint) = OpenStage(stage);
        var network = new GeneratorNetwork(run.ReadConfig<TrainingConfig>().GeneratorNetwork);
        network.load(Path.Combine(checkpoint.Folder, "generator.weights"));
        network.eval();
        return network;
    }

    /// <summary>The discriminator with its averaged weights, in evaluation mode.</summary>
    public DiscriminatorNetwork LoadDiscriminator()
    {
        var (run, checkpoint) = OpenStage("gan");
        var network = new DiscriminatorNetwork(run.ReadConfig<TrainingConfig>().DiscriminatorNetwork);
        network.Trunk.Freeze();
        network.load(Path.Combine(checkpoint.Folder, "discriminator.weights"));
        ApplyAverage(network, Path.Combine(checkpoint.Folder, "discriminator.average"));
        network.eval();
        return network;
    }

    /// <summary>The run directory of a stage and its latest checkpoint.</summary>
    /// <exception cref="FaceLoupeException">The stage has not been run, or not up to a checkpoint.</exception>
    public (RunDirectory Run, Checkpoint Checkpoint) OpenStage(string stage)
    {
        var folder = StageFolder(stage);
        if (!Directory.Exists(folder))
        {
            throw new FaceLoupeException($"{Root}: no stage '{stage}' here yet; run faceloupe-train {stage} --run {Root} first.");
        }

        var run = RunDirectory.Open(folder);
        return (run, run.LatestCheckpoint()
            ?? throw new FaceLoupeException($"{folder}: no checkpoint yet; let faceloupe-train {stage} --run {Root} --resume go on."));
    }

    private static void ApplyAverage(TorchSharp.torch.nn.Module network, string path)
    {
        using var average = new WeightAverage(network, 0);
        average.Load(path);
        average.Swap();
    }
}
