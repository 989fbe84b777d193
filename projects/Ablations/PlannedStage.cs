using FaceLoupe.Training.Identities;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Stages;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Ablations;

/// <summary>A stage that a row needs: its key, its options and its folder.</summary>
/// <param name="Key">Everything that the result depends on.</param>
/// <param name="Config">Its options, with its seed.</param>
/// <param name="Folder">Its run directory.</param>
internal sealed record PlannedStage(StageKey Key, TrainingConfig Config, string Folder)
{
    /// <summary>The verb.</summary>
    public string Stage => Key.Stage;

    /// <summary>Steps (canvases for mining) of the whole stage.</summary>
    public long Steps => Stage switch
    {
        "proposals" => Config.Proposals.Steps,
        "mine" => Config.Mine.Canvases,
        "generator" => Config.Generator.Steps,
        _ => Config.Gan.Steps,
    };

    /// <summary>Steps already done; mining is done completely or not at all.</summary>
    public long StepsDone
    {
        get
        {
            if (Stage == "mine")
            {
                return IsMined ? Steps : 0;
            }

            return File.Exists(Path.Combine(Folder, "run.json"))
                ? Math.Min(RunDirectory.Open(Folder).LatestCheckpoint()?.Step ?? 0, Steps) : 0;
        }
    }

    /// <summary>True once nothing is left to do. A stage 1 of ablation.proposalsRun is done at any step.</summary>
    public bool IsDone => IsReused || StepsDone >= Steps;

    private bool IsReused => Stage == "proposals" && Config.Ablation.ProposalsRun is not null;

    private bool IsMined => File.Exists(Path.Combine(Folder, "training.regions"))
        && (!MineStage.MinesValidation(Config) || File.Exists(Path.Combine(Folder, "validation.regions")));
}
