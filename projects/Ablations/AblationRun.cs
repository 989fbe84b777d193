using System.Diagnostics;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Identities;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Ablations;

/// <summary>
/// Fills a table: for every row and seed it trains the missing stages, exports, evaluates and rewrites the table.
/// Results of an earlier call or another table are reused.
/// </summary>
internal sealed class AblationRun
{
    private readonly AblationCall call;
    private readonly TextWriter log;
    private readonly TrainingConfig preset;
    private readonly AblationTable table;
    private readonly IReadOnlyList<ulong> seeds;
    private readonly RowPlan[] plans;
    private readonly RowPlan[] requested;
    private readonly StageTrainer trainer;
    private readonly Stopwatch training = new();
    private readonly RowFinisher finisher;
    private readonly PairedBootstrap bootstrap = new();
    private readonly string? commit = RunInfo.Capture("ablate", 0, "cpu").Commit;
    private readonly Dictionary<RowPlan, (RowState State, string? Remark, RowFigures? Figures)> states =
        new(ReferenceEqualityComparer.Instance);

    /// <exception cref="FaceLoupeException">
    /// An unknown table, row or key, missing data, or no such device: nothing was done.
    /// </exception>
    public AblationRun(AblationCall call, TextWriter log)
    {
        (this.call, this.log) = (call, log);
        var device = TrainingDevice.Open(call.Device); // before images are read, to fail early
        preset = ConfigFile.Load<TrainingConfig>(call.Config, call.Set);
        table = AblationTables.Of(call.Table, preset);
        var rows = table.Select(call.Rows);
        seeds = SeedList.Of(call.Seeds, preset);
        preset.Canvas.Validate();
        if (preset.Data.Count == 0)
        {
            throw new FaceLoupeException(
                "data: no folder of images to train on; name at least one in the preset (--config).");
        }

        var keys = new StageKeys(DataIdentity.Of(preset.Data), DataIdentity.Of(preset.ValidationData));

        // Seed by seed, so that a stopped run leaves as complete a table as possible.
        plans = [.. seeds.SelectMany(
            seed => table.Rows.Select(row => RowPlan.Of(call.Root, row, ConfigOf(row), seed, keys)))];
        requested = [.. plans.Where(plan => rows.Contains(plan.Row))];
        var sets = ValidationSet.Open(preset);
        var wider = preset.Ablation.Wider is { } folder
            ? WiderValidation.Open(folder, preset.Ablation.MaxPictures)
            : null;
        CheckStartFrom();
        if (requested.Any(plan => plan.Row.Recorded))
        {
            RecordedBoxes.Check(preset, sets, wider);
        }

        var evaluation = new RowEvaluation(sets, wider, preset.Ablation, call.Threads, log);
        trainer = new StageTrainer(call.Pretrained, device, log);
        finisher = new RowFinisher(call.Root, evaluation);
    }

    /// <summary>Runs until the table is full or a stop is requested.</summary>
    /// <returns>True when every requested row is done.</returns>
    public bool Run(CancellationToken stop)
    {
        Reuse(plans);
        Write();
        foreach (var plan in requested.TakeWhile(_ => !stop.IsCancellationRequested))
        {
            if (states[plan].State == RowState.Waiting)
            {
                Work(plan, stop);
                Write();
            }
        }

        return requested.All(plan => states[plan].State == RowState.Done);
    }

    // gan.startFrom is only read after mining and the generator stage, hours later.
    private void CheckStartFrom()
    {
        foreach (var start in requested.SelectMany(plan => plan.Stages)
            .Where(stage => stage is { Stage: "gan", IsDone: false }).Select(stage => stage.Config.Gan.StartFrom)
            .OfType<string>().Distinct())
        {
            new TrainedRun(start).OpenStage("gan").Run.Dispose();
        }
    }

    private void Reuse(IEnumerable<RowPlan> from)
    {
        foreach (var plan in from.ToArray())
        {
            states[plan] = finisher.Find(plan) is { } figures
                ? (RowState.Done, null, figures)
                : (RowState.Waiting, null, null);
        }
    }

    private void Work(RowPlan plan, CancellationToken stop)
    {
        try
        {
            if (!plan.IsTrained)
            {
                training.Start();
                trainer.Train(plan, stop);
                training.Stop(); // evaluation does not count
            }

            states[plan] = plan.IsTrained
                ? (RowState.Done, null, finisher.Finish(plan, log, stop))
                : (RowState.Unfinished, RemarkOn(plan), null);
            Reuse(plans.Where(other =>
                states[other].State == RowState.Waiting && other.Trained.Hash == plan.Trained.Hash));
        }
        catch (OperationCanceledException)
        {
            states[plan] = (RowState.Unfinished, "stopped while it was measured", null);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            states[plan] = (RowState.Failed, fault.Message.ReplaceLineEndings(" "), null);
            log.WriteLine($"{plan.Row.Name}: {states[plan].Remark}");
        }
        finally
        {
            training.Stop();
        }
    }

    private static string RemarkOn(RowPlan plan)
    {
        var stage = plan.Stages.First(stage => !stage.IsDone);
        return FormattableString.Invariant(
            $"stopped: {stage.Stage} is at {stage.StepsDone} of {stage.Steps}; repeat the command to continue");
    }

    private TrainingConfig ConfigOf(AblationRow row) =>
        ConfigFile.Load<TrainingConfig>(call.Config, [.. call.Set, .. row.Overrides]);

    private void Write()
    {
        RowResult[] rows = [.. table.Rows.Select((row, i) => RowResult.Of(
            row, SameTraining(row, i), [.. plans.Where(plan => plan.Row == row).Select(ResultOf)]))];
        AblationFiles.Write(call.Root, table, new AblationResult
        {
            Table = table.Name,
            Title = table.Title,
            Preset = preset.Name,
            Written = DateTimeOffset.UtcNow,
            CommandLine = $"faceloupe-train {string.Join(' ', Environment.GetCommandLineArgs().Skip(1))}",
            Commit = commit,
            Seeds = seeds,
            TrainedMinutes = Math.Round(training.Elapsed.TotalMinutes, 2),
            Rows = [.. rows],
            Comparisons = [.. PartComparison.OfAll(table, rows, bootstrap)],
        });
    }

    private SeedResult ResultOf(RowPlan plan)
    {
        var (state, remark, figures) = states[plan];
        return new SeedResult(
            plan.Seed, state, remark, state == RowState.Done ? ResultStore.ModelOf(plan) : null, figures);
    }

    // Rows that differ in their evaluation only, or, as rows 5 and 6 of Table 2, not at all here.
    private string? SameTraining(AblationRow row, int index)
    {
        var own = plans.First(plan => plan.Row == row).Trained.Hash;
        return table.Rows.Take(index).FirstOrDefault(
            other => other.Stages == row.Stages && plans.First(plan => plan.Row == other).Trained.Hash == own)?.Name;
    }
}
