using System.Diagnostics;
using System.Globalization;
using FaceLoupe.Programs;
using FaceLoupe.Storage;
using FaceLoupe.Training.Ablations;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Paper.Datasets;
using FaceLoupe.Training.Paper.Figures;
using FaceLoupe.Training.Pretrained;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Paper;

/// <summary>Runs the steps of the paper's experiments in order; finished ones are skipped.</summary>
internal sealed class PaperRun
{
    private const double Giga = 1e9;

    private readonly PaperCall call;
    private readonly Func<string[], int> verb;
    private readonly TextWriter log;
    private readonly List<string> remarks = [];
    private PaperProgress progress;

    /// <param name="call">The arguments.</param>
    /// <param name="verb">Runs a verb of faceloupe-train and returns its exit code.</param>
    /// <param name="log">Receives progress.</param>
    /// <exception cref="FaceLoupeException">
    /// A part of WIDER FACE or another input is missing, there is too little disk space, or the result folder belongs
    /// to another call: nothing was done.
    /// </exception>
    public PaperRun(PaperCall call, Func<string[], int> verb, TextWriter log)
    {
        (this.call, this.verb, this.log) = (call, verb, log);
        WiderFaceParts.Check(call.Wider, whole: call.Scale == 1);
        FigureInputs.Check(call.Wider, call.Curves, call.Fddb, call.FddbCurves, call.MaxPictures);
        if (call.Pretrained is { } weights)
        {
            ImageNetResNet50.Locate(weights, fetch: false);
        }

        progress = PaperProgress.Open(call);
        var work = PaperWork.Of(call);
        if (progress.Steps.Count == 0)
        {
            CheckSpace(work.Bytes(), FreeSpace(call.Out), call.Out);
        }

        Estimate(work);
        Remark();
    }

    /// <summary>Runs until all steps are done, one that others need fails, or a stop is requested.</summary>
    /// <returns>The exit code: 0, 1 for steps that failed, 130 after a stop.</returns>
    public int Run()
    {
        var code = 0;
        progress = progress.Saved(call.Out); // marks the folder as this call's
        ConfigFile.Save(ConfigFile.Load<TrainingConfig>(call.Config, call.Overrides()), call.Preset);
        foreach (var step in call.Steps().Where(step => !progress.IsDone(step)))
        {
            var lacks = step.Needs.FirstOrDefault(name => progress.Of(name).Outcome != StepOutcome.Done);
            if (lacks is not null)
            {
                log.WriteLine($"{step.Name}: skipped, since it needs {lacks}");
                Note(step, StepOutcome.Failed, TimeSpan.Zero);
                code = 1;
                continue;
            }

            log.WriteLine(step.CommandLine);
            var clock = Stopwatch.StartNew();
            var ended = verb([.. step.Arguments]);
            Note(step, ended switch
            {
                0 => StepOutcome.Done,
                StopSignal.Stopped => StepOutcome.Stopped,
                _ => StepOutcome.Failed,
            }, clock.Elapsed);
            if (ended == StopSignal.Stopped)
            {
                return ended;
            }

            code = ended == 0 ? code : 1;
        }

        Summarise();
        return code;
    }

    /// <summary>Checks the free disk space.</summary>
    /// <exception cref="FaceLoupeException">It is too small.</exception>
    internal static void CheckSpace(long needed, long free, string folder)
    {
        if (free < needed)
        {
            throw new FaceLoupeException(string.Create(
                CultureInfo.InvariantCulture,
                $"--out {folder}: {needed / Giga:0.0} GB are needed for RoIs, checkpoints and models, "
                + $"{free / Giga:0.0} GB are free; name a folder on a larger disk, or a smaller --scale."));
        }
    }

    // Of the disk of the folder, which may not exist yet, nor its parents.
    private static long FreeSpace(string folder)
    {
        var there = new DirectoryInfo(Path.GetFullPath(folder));
        while (!there.Exists && there.Parent is { } parent)
        {
            there = parent;
        }

        return new DriveInfo(there.FullName).AvailableFreeSpace;
    }

    private void Note(PaperStep step, StepOutcome outcome, TimeSpan time)
    {
        var before = progress.Of(step.Name).Seconds;
        progress = progress.With(
            new StepProgress(step.Name, outcome, Math.Round(before + time.TotalSeconds, 1), step.Inputs), call.Out);
        AtomicFile.WriteAllText(
            Path.Combine(call.Out, PaperReport.FileName), PaperReport.Markdown(call, progress, remarks));
    }

    private void Summarise()
    {
        var steps = call.Steps().Select(step => progress.Of(step.Name)).ToArray();
        var open = steps.Where(step => step.Outcome != StepOutcome.Done).Select(step => step.Name).ToArray();
        var time = TimeSpan.FromSeconds(steps.Sum(step => step.Seconds));
        log.WriteLine(open.Length == 0
            ? FormattableString.Invariant($"paper: all {steps.Length} steps done in {time.TotalMinutes:0.0} minutes")
            : $"paper: not done: {string.Join(", ", open)}; the same command tries them again");
    }

    private void Estimate(PaperWork work)
    {
        var (macs, speed) = (work.Macs(), work.Speed(TrainingDevice.Open(call.Device)));
        var parts = macs.Select(part => FormattableString.Invariant($"{part.Key} {part.Value / speed / 3600:0.00} h"));
        remarks.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"Estimated before the first step: {macs.Values.Sum() / speed / 3600:0.0} hours of computing at the "
            + $"{speed / Giga:0.##} GMAC/s that this device reached in a pass of stage 1 ({string.Join(", ", parts)}), "
            + $"reading images not counted; {work.Trainings} trainings of G and D, {work.Models} models to measure, "
            + $"{work.Bytes() / Giga:0.0} GB of disk."));
        log.WriteLine(remarks[^1]);
    }

    private void Remark()
    {
        if (call.Scale <= PaperScale.Rehearsal)
        {
            remarks.Add("A rehearsal: networks of 4 channels without ImageNet weights, on canvases of 128 px, with a "
                + "jittered box of every face among the RoIs. It shows that every stage runs; its figures say "
                + "nothing about the method.");
        }

        if (WiderValidation.FindTruth(call.Wider) is null)
        {
            remarks.Add("Without eval_tools/ground_truth in the folder there are no easy, medium and hard subsets; "
                + "tables use the protocol of `faceloupe evaluate boxes`.");
        }
    }
}
