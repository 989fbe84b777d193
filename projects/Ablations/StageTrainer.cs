using FaceLoupe.Storage;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Stages;
using TorchSharp;

namespace FaceLoupe.Training.Ablations;

/// <summary>Trains what a row lacks, each stage as its own verb would; what is there already is left alone.</summary>
/// <param name="pretrained">Folder of ImageNet weights; null: fetched where they are wanted.</param>
/// <param name="device">Where it is trained.</param>
/// <param name="log">Where what is trained is reported.</param>
internal sealed class StageTrainer(string? pretrained, torch.Device device, TextWriter log)
{
    private readonly Dictionary<string, string> faults = [];

    /// <summary>Goes on until the row is trained or a stop is wished for.</summary>
    /// <exception cref="FaceLoupeException">A stage failed, in this row or in one before that shares it.</exception>
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
                // The rows that share the stage would only fail in the same way, and perhaps hours later.
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
        var context = new StageContext(stage.Config, directory, plan.Training, pretrained, device);
        switch (stage.Stage)
        {
            case "proposals":
                ProposalStage.Run(context, cancellation);
                break;
            case "mine":
                MineStage.Run(context, cancellation);
                break;
            case "generator":
                GeneratorStage.Run(context, cancellation);
                break;
            default:
                GanStage.Run(context, cancellation);
                break;
        }
    }
}
