using FaceLoupe.Training.Identities;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Ablations;

/// <summary>A row with one seed: the stages that train its networks, in order.</summary>
/// <param name="Row">The row.</param>
/// <param name="Seed">Seed of its stage 2.</param>
/// <param name="Config">The preset with the row's overrides.</param>
/// <param name="Stages">From the first to the last; a baseline alone has one.</param>
internal sealed record RowPlan(AblationRow Row, ulong Seed, TrainingConfig Config, IReadOnlyList<PlannedStage> Stages)
{
    /// <summary>Folder below the root for what rows share.</summary>
    public const string SharedFolder = "shared";

    /// <summary>The key of the last stage.</summary>
    public StageKey Trained => Stages[^1].Key;

    public bool IsTrained => Stages.All(stage => stage.IsDone);

    /// <summary>The stages as one training run.</summary>
    public TrainedRun Training => new(
        Path.GetDirectoryName(Stages[^1].Folder)!, Stages.ToDictionary(stage => stage.Stage, stage => stage.Folder));

    /// <summary>Plans a row.</summary>
    /// <param name="root">Folder of the ablations.</param>
    /// <param name="row">The row.</param>
    /// <param name="config">The preset with the row's overrides.</param>
    /// <param name="seed">Seed of stage 2.</param>
    /// <param name="keys">Keys for the preset's data.</param>
    public static RowPlan Of(string root, AblationRow row, TrainingConfig config, ulong seed, StageKeys keys)
    {
        var seeded = config with { Seed = seed };
        var stages = new List<PlannedStage> { Shared(keys.Proposals(config), config) };
        if (config.Ablation.ProposalsRun is { } run)
        {
            stages[0] = stages[0] with { Folder = new TrainedRun(run).StageFolder("proposals") };
        }

        if (row.Stages == DetectionStages.Both)
        {
            stages.Add(Shared(keys.Mine(config), config));
            stages.Add(Shared(keys.Generator(config, seed), seeded));
            stages.Add(Shared(keys.Gan(config, seed), seeded));
        }

        return new RowPlan(row, seed, config, stages);

        PlannedStage Shared(StageKey key, TrainingConfig options) =>
            new(key, options, Path.Combine(root, SharedFolder, key.Name));
    }
}
