using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Identities;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Ablations;

/// <summary>
/// Fills a table: row by row and seed by seed, trains what is missing, exports, measures, and writes the table anew.
/// What an earlier call or another table has done is taken over.
/// </summary>
internal sealed class AblationRun
{
    private readonly AblationCall call;
    private readonly TextWriter log;
    private readonly TrainingConfig preset;
    private readonly AblationTable table;
    private readonly IReadOnlyList<ulong> seeds;
    private readonly RowPlan[] plans;
    private readonly RowPlan[] asked;
    private readonly StageTrainer trainer;
    private readonly TrainingBudget budget;
    private readonly RowFinisher finisher;
    private readonly StageWork work = new();
    private readonly string? commit = RunInfo.Capture("ablate", 0, "cpu").Commit;
    private readonly Dictionary<RowPlan, (RowState State, string? Remark, RowFigures? Figures)> states =
        new(ReferenceEqualityComparer.Instance);

    /// <exception cref="FaceLoupeException">
    /// An unknown table, row or key, or data that is not there: nothing was done.
    /// </exception>
    public AblationRun(AblationCall call, TextWriter log)
    {
        (this.call, this.log) = (call, log);
        preset = ConfigFile.Load<TrainingConfig>(call.Config, call.Set);
        table = AblationTables.Of(call.Table, preset);
        var rows = table.Select(call.Rows);
        seeds = SeedList.Of(call.Seeds, preset);
        preset.Canvas.Validate();
        if (preset.Data.Count == 0)
        {
            throw new FaceLoupeException(
                "data: no folder of pictures to train on; name at least one in the preset (--config).");
        }

        var keys = new StageKeys(DataIdentity.Of(preset.Data), DataIdentity.Of(preset.ValidationData));

        // Seed by seed, so that whenever it stops there is as much of a whole table as there can be.
        plans = [.. seeds.SelectMany(
            seed => table.Rows.Select(row => RowPlan.Of(call.Root, row, ConfigOf(row), seed, keys)))];
        asked = [.. plans.Where(plan => rows.Contains(plan.Row))];
        var sets = ValidationSet.Open(preset);
        var wider = preset.Ablation.Wider is { } folder
            ? WiderValidation.Open(folder, preset.Ablation.MaxPictures)
            : null;
        var evaluation = new RowEvaluation(sets, wider, preset.Ablation.RecordedScores, call.Threads, log);
        trainer = new StageTrainer(call.Pretrained, log);
        budget = new TrainingBudget(call.Budget);
        finisher = new RowFinisher(call.Root, evaluation);
    }

    /// <summary>Works until the table is full, the budget is used up, or a stop is wished for.</summary>
    /// <returns>True when every row that was asked for is done.</returns>
    public bool Run(CancellationToken stop)
    {
        TakeOver(plans);
        Write();
        var trainedBefore = TimeSpan.MinValue;
        while (!stop.IsCancellationRequested && Pending().Any() && budget.Spent > trainedBefore)
        {
            // What rows leave of their shares is divided again, until nothing is left or nothing more is to do.
            trainedBefore = budget.Spent;
            foreach (var plan in Pending().ToArray().TakeWhile(_ => !stop.IsCancellationRequested))
            {
                Work(plan, stop);
                Write();
            }

            if (budget.IsUsedUp)
            {
                break;
            }
        }

        return asked.All(plan => states[plan].State == RowState.Done);
    }

    private void TakeOver(IEnumerable<RowPlan> from)
    {
        foreach (var plan in from.ToArray())
        {
            states[plan] = finisher.Find(plan) is { } figures
                ? (RowState.Done, null, figures)
                : (RowState.Waiting, null, null);
        }
    }

    private IEnumerable<RowPlan> Pending() =>
        asked.Where(plan => states[plan].State is RowState.Waiting or RowState.Unfinished);

    private void Work(RowPlan plan, CancellationToken stop)
    {
        try
        {
            if (!plan.IsTrained)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
                if (ShareOf(plan) is { } share)
                {
                    limit.CancelAfter(share);
                }

                budget.Spend(() => trainer.Train(plan, limit.Token));
            }

            states[plan] = plan.IsTrained
                ? (RowState.Done, null, finisher.Finish(plan, log, stop))
                : (RowState.Unfinished, RemarkOn(plan, stop), null);
            TakeOver(plans.Where(other =>
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
    }

    private TimeSpan? ShareOf(RowPlan plan)
    {
        if (call.Budget is null)
        {
            return null;
        }

        // A stage counts for the first row that needs it.
        var seen = new HashSet<string>();
        var (own, all) = (0d, 0d);
        foreach (var pending in Pending().SkipWhile(other => !ReferenceEquals(other, plan)))
        {
            var left = pending.Stages.Where(stage => seen.Add(stage.Key.Hash)).Sum(work.Left);
            all += left;
            own += ReferenceEquals(pending, plan) ? left : 0;
        }

        return budget.Share(own, all);
    }

    private static string RemarkOn(RowPlan plan, CancellationToken stop)
    {
        var stage = plan.Stages.First(stage => !stage.IsDone);
        var reached = FormattableString.Invariant($"{stage.Stage} is at {stage.StepsDone} of {stage.Steps}");
        return stop.IsCancellationRequested
            ? $"stopped: {reached}; the same command goes on"
            : $"the budget is too small: {reached}; the same command with more minutes goes on";
    }

    private TrainingConfig ConfigOf(AblationRow row) =>
        ConfigFile.Load<TrainingConfig>(call.Config, [.. call.Set, .. row.Overrides]);

    private void Write()
    {
        var rows = table.Rows.Select((row, i) => RowSummary.Of(
            row, SameTraining(row, i), [.. plans.Where(plan => plan.Row == row).Select(ResultOf)]));
        AblationFiles.Write(call.Root, table, new AblationResult
        {
            Table = table.Name,
            Title = table.Title,
            Preset = preset.Name,
            Written = DateTimeOffset.UtcNow,
            CommandLine = $"faceloupe-train {string.Join(' ', Environment.GetCommandLineArgs().Skip(1))}",
            Commit = commit,
            Seeds = seeds,
            BudgetMinutes = call.Budget,
            TrainedMinutes = Math.Round(budget.Spent.TotalMinutes, 2),
            Rows = [.. rows],
        });
    }

    private SeedResult ResultOf(RowPlan plan)
    {
        var (state, remark, figures) = states[plan];
        return new SeedResult
        {
            Seed = plan.Seed,
            State = state,
            Remark = remark,
            Model = state == RowState.Done ? ResultStore.ModelOf(plan) : null,
            Figures = figures,
        };
    }

    // Rows that differ in nothing but how they are measured, or, as rows 5 and 6 of Table 2, in nothing here.
    private string? SameTraining(AblationRow row, int index)
    {
        var own = plans.First(plan => plan.Row == row).Trained.Hash;
        return table.Rows.Take(index).FirstOrDefault(
            other => other.Stages == row.Stages && plans.First(plan => plan.Row == other).Trained.Hash == own)?.Name;
    }
}
