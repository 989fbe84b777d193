using FaceLoupe.Training.Identities;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Stages;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Ablations;

/// <summary>A stage that a row needs: what it is a function of, its options and its folder.</summary>
/// <param name="Key">What it is a function of.</param>
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

    /// <summary>Steps that need not be done again; mining is done wholly or not at all.</summary>
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

    /// <summary>True once nothing is left to do. A taken-over stage 1 is, however many steps it was trained.</summary>
    public bool IsDone => IsTakenOver || StepsDone >= Steps;

    private bool IsTakenOver => Stage == "proposals" && Config.Ablation.ProposalsRun is not null;

    private bool IsMined => File.Exists(Path.Combine(Folder, "training.regions"))
        && (!MineStage.NeedsValidation(Config) || File.Exists(Path.Combine(Folder, "validation.regions")));
}
