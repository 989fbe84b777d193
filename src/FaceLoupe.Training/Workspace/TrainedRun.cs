using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Optimisation;
using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Workspace;

/// <summary>The folder of a whole training, with a run directory per stage (proposals, mine, generator, gan).</summary>
/// <param name="root">The folder.</param>
/// <param name="elsewhere">Run directories of stages in other places, by stage; null: none.</param>
internal sealed class TrainedRun(string root, IReadOnlyDictionary<string, string>? elsewhere = null)
{
    private static readonly string[] StageOrder = ["proposals", "mine", "generator", "gan"];

    public string Root { get; } = root.Length > 0
        ? root : throw new FaceLoupeException("The folder of a training has an empty name; name one.");

    public string TrainingRegions => Path.Combine(StageFolder("mine"), "training.regions");

    public string ValidationRegions => Path.Combine(StageFolder("mine"), "validation.regions");

    public string StageFolder(string stage) =>
        elsewhere?.GetValueOrDefault(stage) ?? Path.Combine(Root, stage);

    /// <summary>Options file of the first stage of this training; null for a new training.</summary>
    /// <param name="resumed">A resumed stage, whose own options come first.</param>
    public string? FindConfig(string? resumed = null) =>
        (resumed is null ? StageOrder : StageOrder.Prepend(resumed))
            .Select(stage => Path.Combine(StageFolder(stage), "config.json")).FirstOrDefault(File.Exists);

    /// <summary>Options of mining; null: not recorded.</summary>
    public TrainingConfig? FindMiningConfig() =>
        Path.Combine(StageFolder("mine"), "config.json") is var path && File.Exists(path)
            ? ConfigFile.Load<TrainingConfig>(path, [])
            : null;

    /// <summary>The trained MB-FCN with its averaged weights, in evaluation mode.</summary>
    public ProposalNetwork LoadProposals()
    {
        var (run, checkpoint) = OpenStage("proposals");
        var config = run.ReadConfig<TrainingConfig>();
        var network = new ProposalNetwork(config.ProposalNetwork);
        network.Freeze(config.Proposals.BranchesOnly);
        Load(network, checkpoint, "proposals");
        ApplyAverage(network, Path.Combine(checkpoint.Folder, "proposals.average"));
        network.eval();
        return network;
    }

    /// <summary>Loads the trained MB-FCN's averaged weights into a network of the same shape.</summary>
    public void LoadProposals(ProposalNetwork network) => Copy(LoadProposals(), network);

    /// <summary>Loads the stages of the trained MB-FCN's trunk into the first stages of another trunk.</summary>
    /// <exception cref="FaceLoupeException">The first stages differ in shape.</exception>
    public void LoadProposalTrunk(ResNetTrunk trunk)
    {
        var trained = LoadProposals();
        Copy(trained, trunk, trained.Trunk);
    }

    /// <summary>The generator of a stage ("generator" or "gan"), in evaluation mode.</summary>
    public GeneratorNetwork LoadGenerator(string stage)
    {
        var (run, checkpoint) = OpenStage(stage);
        var network = new GeneratorNetwork(run.ReadConfig<TrainingConfig>().GeneratorNetwork);
        Load(network, checkpoint, "generator");
        network.eval();
        return network;
    }

    /// <summary>Loads the generator of a stage into a network of the same shape.</summary>
    public void LoadGenerator(GeneratorNetwork network, string stage) => Copy(LoadGenerator(stage), network);

    /// <summary>The discriminator with averaged weights, in evaluation mode; an untrained box delta is zero.</summary>
    public DiscriminatorNetwork LoadDiscriminator()
    {
        var (run, checkpoint) = OpenStage("gan");
        var config = run.ReadConfig<TrainingConfig>();
        var network = new DiscriminatorNetwork(config.DiscriminatorNetwork);
        network.Features.Freeze();
        Load(network, checkpoint, "discriminator");
        ApplyAverage(network, Path.Combine(checkpoint.Folder, "discriminator.average"));
        if (!config.Losses.RegressionBranch)
        {
            network.ZeroRegression();
        }

        network.eval();
        return network;
    }

    /// <summary>Loads the discriminator's averaged weights into a network of the same shape.</summary>
    public void LoadDiscriminator(DiscriminatorNetwork network) => Copy(LoadDiscriminator(), network);

    /// <summary>The run directory of a stage and its latest checkpoint.</summary>
    /// <exception cref="FaceLoupeException">The stage has not been run, or has no checkpoint yet.</exception>
    public (RunDirectory Run, Checkpoint Checkpoint) OpenStage(string stage)
    {
        var folder = StageFolder(stage);
        if (!Directory.Exists(folder))
        {
            throw new FaceLoupeException(
                $"{Root}: no stage '{stage}' here yet; run faceloupe-train {stage} --run {Root} first.");
        }

        var run = RunDirectory.Open(folder);
        return (run, run.LatestCheckpoint()
            ?? throw new FaceLoupeException(
                $"{folder}: no checkpoint yet; continue with faceloupe-train {stage} --run {Root} --resume."));
    }

    private static void Load(TorchSharp.torch.nn.Module network, Checkpoint checkpoint, string name) =>
        CheckpointFile.Read(Path.Combine(checkpoint.Folder, name + ".weights"), network.LoadInPlace);

    /// <summary>Copies a network, or a part of it, and disposes it.</summary>
    /// <exception cref="FaceLoupeException">The networks differ in shape.</exception>
    private void Copy(
        TorchSharp.torch.nn.Module trained, TorchSharp.torch.nn.Module network, TorchSharp.torch.nn.Module? part = null)
    {
        using var disposed = trained;
        using var noGrad = TorchSharp.torch.no_grad();
        var targets = network.state_dict();
        foreach (var (name, value) in (part ?? trained).state_dict())
        {
            if (!targets.TryGetValue(name, out var target) || !target.shape.SequenceEqual(value.shape))
            {
                throw new FaceLoupeException(
                    $"{Root}: its {network.GetName()} network does not fit the options (at '{name}'); start from a "
                    + "training with the same network options, or drop startFrom.");
            }

            target.copy_(value);
        }
    }

    private static void ApplyAverage(TorchSharp.torch.nn.Module network, string path)
    {
        using var average = new WeightAverage(network, 0);
        CheckpointFile.Read(path, average.Load);
        average.Swap();
    }
}
