using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Optimisation;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Stages.Options;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>
/// Everything around a plain training loop: resuming, metrics, progress, checkpoints, stopping. The loop stays in the
/// stage: <c>while (session.Next()) { ...; session.EndStep(losses, samples); }</c>
/// </summary>
internal sealed class StageSession : IDisposable
{
    private readonly RunDirectory run;
    private readonly LoopOptions options;
    private readonly TrainedState state;
    private readonly TrainingProgress progress;
    private readonly CancellationToken cancellation;
    private readonly TimeProvider clock;
    private readonly long started;
    private long savedStep = -1;

    public StageSession(
        RunDirectory run, string stage, LoopOptions options, TrainedState state, CancellationToken cancellation,
        TimeProvider? clock = null)
    {
        (this.run, this.options, this.state, this.cancellation) = (run, options, state, cancellation);
        this.clock = clock ?? TimeProvider.System;
        started = this.clock.GetTimestamp();
        if (run.LatestCheckpoint() is { } checkpoint)
        {
            state.Load(checkpoint.Folder);
            Step = savedStep = checkpoint.Step;
        }

        progress = new TrainingProgress(
            stage, options.Steps, Step, clock: this.clock,
            time: options.Minutes > 0 ? TimeSpan.FromMinutes(options.Minutes) : null);
        if (IsOver)
        {
            progress.Note(FormattableString.Invariant(
                $"{stage}: already at step {Step} of {options.Steps}; {stage}.steps says how far to go."));
        }
    }

    /// <summary>Steps done, which is also the index of the current step.</summary>
    public long Step { get; private set; }

    /// <summary>Learning rate of the current step.</summary>
    public double LearningRate => options.LearningRate.At(ScheduledStep(Step), options.Steps);

    /// <summary>Whether there is a step to do; otherwise writes the last checkpoint.</summary>
    public bool Next()
    {
        if (!IsOver && !cancellation.IsCancellationRequested)
        {
            return true;
        }

        SaveCheckpoint();
        return false;
    }

    /// <summary>The samples of the current step. If they cannot be made, the steps done are kept.</summary>
    public T Take<T>(Prefetcher<T> batches)
    {
        try
        {
            return batches.Next(CancellationToken.None);
        }
        catch (FaceLoupeException) when (Step > 0)
        {
            SaveCheckpoint();
            throw;
        }
    }

    /// <summary>Whether the current step writes a contact sheet.</summary>
    public bool SheetDue => options.SheetEvery > 0 && (Step % options.SheetEvery == 0 || Step == options.Steps - 1);

    /// <summary>If it is due, writes a contact sheet of the batch and evaluates on the validation RoIs.</summary>
    public void WriteSheet(
        Tensor low, GeneratorOutput generated, Tensor high, RegionFile? validation, int regions,
        GeneratorNetwork generator, DiscriminatorNetwork? discriminator)
    {
        if (!SheetDue)
        {
            return;
        }

        RegionSheet.Write(run.SheetPath(Step), low, generated, high);
        if (validation is not null)
        {
            Validate(Step + 1, new RegionValidation(validation, regions).Measure(generator, discriminator));
        }
    }

    /// <summary>True after every n-th step, and after the last.</summary>
    public bool IsDue(long every) => Step % every == 0 || IsOver;

    /// <summary>Logs the validation after the finished steps.</summary>
    public void Validate(IReadOnlyDictionary<string, double> values) => Validate(Step, values);

    /// <summary>Counts a finished step.</summary>
    public void EndStep(IReadOnlyDictionary<string, double> losses, int samples)
    {
        Step++;
        progress.Report(Step, losses, samples);
        if (Step % options.MetricsEvery == 0 || IsOver)
        {
            run.Metrics.Append(
                Step, losses.Append(
                    new("learningRate", options.LearningRate.At(ScheduledStep(Step - 1), options.Steps))));
        }

        if (Step % options.CheckpointEvery == 0)
        {
            SaveCheckpoint();
        }
    }

    public void Dispose() => progress.Dispose();

    private void Validate(long step, IReadOnlyDictionary<string, double> values)
    {
        run.Metrics.Append(step, values, "validation");
        progress.Note(string.Join("  ", values.Select(v => FormattableString.Invariant($"{v.Key} {v.Value:F4}"))));
    }

    private bool IsOver => options.Minutes > 0 ? PartOfTime >= 1 : Step >= options.Steps;

    private double PartOfTime => clock.GetElapsedTime(started).TotalMinutes / options.Minutes;

    // With a time limit, the schedule follows the clock, but the warm-up the steps.
    private long ScheduledStep(long step) => options.Minutes > 0 && step >= options.LearningRate.WarmUpSteps
        ? Math.Max(options.LearningRate.WarmUpSteps, (long)(PartOfTime * options.Steps))
        : step;

    private void SaveCheckpoint()
    {
        if (Step != savedStep)
        {
            run.SaveCheckpoint(Step, state.Save);
            savedStep = Step;
        }
    }
}
