using FaceLoupe.Storage;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Stages;
using TorchSharp;

namespace FaceLoupe.Training.Ablations;

/// <summary>Trains the missing stages of a row, each as its own verb would.</summary>
/// <param name="pretrained">Folder of ImageNet weights; null: downloaded when needed.</param>
/// <param name="device">Device to train on.</param>
/// <param name="log">Receives a line per stage.</param>
internal sealed class StageTrainer(string? pretrained, torch.Device device, TextWriter log)
{
    private readonly Dictionary<string, string> faults = [];

    /// <summary>Trains until the row is done or a stop is requested.</summary>
    /// <exception cref="FaceLoupeException">
    /// A stage failed, in this row or in an earlier one that shares it.
    /// </exception>
    public void Train(RowPlan plan, CancellationToken cancellation)
    {
        foreach (var stage in plan.Stages.Where(stage => !stage.IsDone))
        {
            if (faults.TryGetValue(stage.Key.Hash, out var fault))
            {
                throw new FaceLoupeException(fault);
            }

            if (cancellation.IsCancellationRequested)
            {
                return;
            }

            try
            {
                Train(plan, stage, cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Rows that share the stage would fail the same way, perhaps hours later.
                faults[stage.Key.Hash] = $"{stage.Stage}: {e.Message.ReplaceLineEndings(" ")}";
                throw new FaceLoupeException(faults[stage.Key.Hash], e);
            }

            if (!stage.IsDone)
            {
                return;
            }
        }
    }

    private void Train(RowPlan plan, PlannedStage stage, CancellationToken cancellation)
    {
        log.WriteLine(FormattableString.Invariant(
            $"{plan.Row.Name}, seed {plan.Seed}: {stage.Key.Name}, {stage.StepsDone} of {stage.Steps} done"));
        torch.manual_seed((long)stage.Config.Seed);
        using var directory = RunDirectory.Create(stage.Folder, resumeIfExists: true);
        directory.Describe(stage.Config, RunInfo.Capture(stage.Stage, stage.Config.Seed, device.ToString()));
        AtomicFile.WriteAllText(Path.Combine(stage.Folder, "key.json"), stage.Key.Text + "\n");
        Action<StageContext, CancellationToken> run = stage.Stage switch
        {
            "proposals" => ProposalStage.Run,
            "mine" => MineStage.Run,
            "generator" => GeneratorStage.Run,
            _ => GanStage.Run,
        };
        run(new StageContext(stage.Config, directory, plan.Training, pretrained, device), cancellation);
    }
}
