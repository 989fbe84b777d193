using System.Diagnostics;
using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Detection;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Isolation;
using FaceLoupe.Cli.Reviewing;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Cli.Video;
using FaceLoupe.Imaging;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Blurring;

/// <summary>The loop of <c>faceloupe blur</c> over its files.</summary>
/// <param name="options">The options.</param>
/// <param name="anonymiser">Finds and hides faces.</param>
/// <param name="messages">Lines for people.</param>
/// <param name="bars">Progress bars.</param>
internal sealed class BlurLoop(BlurOptions options, Anonymiser anonymiser, BlurMessages messages, ProgressBars bars)
{
    /// <summary>Searches results again; null: they are not searched.</summary>
    public MaskVerifier? Verifier { get; init; }

    /// <summary>A person's decisions; null: none.</summary>
    public Corrections? Corrections { get; init; }

    /// <summary>Collects what a person reviews; null: no review.</summary>
    public Reviewer? Reviewer { get; init; }

    /// <summary>What an earlier run finished; null: this run does not continue one.</summary>
    public BlurResume? Earlier { get; init; }

    /// <summary>The audit; null: none.</summary>
    public AuditFile? Audit { get; init; }

    /// <summary>The part of a list that the files are; null: no part.</summary>
    public BlurShard? Shard { get; init; }

    /// <summary>Processes the files that are not finished yet.</summary>
    /// <param name="files">Images and videos.</param>
    /// <param name="targets">Their masked copies.</param>
    /// <param name="stop">Stops within an image or frame; what is finished is kept.</param>
    /// <returns>How many files are finished, now or by an earlier run.</returns>
    public int Run(IReadOnlyList<NamedInput> files, IReadOnlyList<string> targets, CancellationToken stop)
    {
        // Searched for once, and only if there is a video.
        var tools = new Lazy<FfmpegTools>(() => FfmpegTools.Find(options.Ffmpeg));
        var places = Enumerable.Range(0, files.Count)
            .ToLookup(i => Earlier?.IsDone(files[i].Path, targets[i]) ?? false);
        var decoder = IsolationLimits.Open(options.Isolation, options.ReadAhead + 1);
        using var workers = decoder as IDisposable;
        using var pictures = new PictureQueue(i => Read(decoder, files[i].Path), options.ReadAhead)
            .Read([.. places[false].Where(i => !files[i].IsVideo && !IsTaken(files[i], targets[i]))])
                .GetEnumerator();
        foreach (var i in places[true])
        {
            messages.OriginalLeft(files[i], targets[i], messages.Targets.OriginalLeft(files[i], targets[i]));
            bars.Finish();
        }

        var clock = Stopwatch.StartNew();
        var done = 0;
        long regions = 0;
        foreach (var i in places[false].TakeWhile(_ => !stop.IsCancellationRequested))
        {
            var (file, target) = (files[i], targets[i]);
            try
            {
                if (Attempt.On(file.Path, Process, stop, file.IsVideo) is { } fault)
                {
                    Audit?.Log.WriteFailed(file.Path, fault.Message);
                    Shard?.Write(fault);
                    messages.Fault(fault);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                Audit?.Log.WriteFailed(file.Path, "stopped before its end");
                messages.Fault(new InputFault(
                    file.Path, $"{file.Path}: stopped before its end; no copy of it was written."));
                break;
            }

            bars.Finish();

            void Process()
            {
                RefuseExisting(file, target);
                Audit?.Begin(file.Path, target);
                Shard?.Begin(file, target);
                var started = clock.Elapsed;
                var left = messages.Targets.OriginalLeft(file, target);
                var tally = file.IsVideo
                    ? new VideoBlur(tools.Value, anonymiser, options, Verifier, Audit?.Log, Corrections)
                    {
                        Replaces = MayReplace(file, target),
                    }.Run(file.Path, target, (frame, all) => bars.Show(file.Path, frame, all), stop)
                    : options.Time.Within(
                        file.Path, end => Blur(Next(pictures, i, end), file, target, end), stop);
                Audit?.Log.WriteDone(file.Path, target, tally.Frames, tally.Regions, tally.Verified);
                messages.Finished(file, target, tally, left, clock.Elapsed - started);
                regions += tally.Regions;
                done++;
            }
        }

        messages.Summary(places[true].Count(), done, regions, clock.Elapsed);
        return done + places[true].Count();
    }

    private Picture Read(IPictureDecoder decoder, string path) => options.Time.Within(
        path, end => decoder.Decode(PictureFile.ReadBytes(path), path, end), CancellationToken.None);

    // Images come in the order of the files; those whose target has appeared meanwhile are skipped.
    private static Picture Next(
        IEnumerator<(int Place, Task<Picture> Picture)> pictures, int place, CancellationToken stop)
    {
        while (pictures.MoveNext() && pictures.Current.Place != place)
        {
        }

        return pictures.Current.Picture.WaitAsync(stop).GetAwaiter().GetResult();
    }

    private BlurTally Blur(Picture picture, NamedInput file, string target, CancellationToken end)
    {
        // What cannot be decoded cannot be masked.
        var way = options.AllowDamaged
            ? "without --allow-damaged it is refused" : "hide what shows with --allow-damaged";
        var damage = DamagedPicture.Note(picture, file.Path, !options.AllowDamaged, way);
        if (damage is not null)
        {
            bars.Note(damage);
        }

        return new PictureBlur(anonymiser, Verifier, Audit?.Log)
        {
            Replaces = MayReplace(file, target),
            Reviewer = Reviewer,
            Corrections = Corrections,
            Masked = masked => Shard?.Write(file, target, masked, damage is not null),
        }.Run(picture, file.Path, target, end);
    }

    private bool MayReplace(NamedInput file, string target) =>
        options.Overwrite || Earlier?.WasUnderWay(file.Path, target) == true;

    private bool IsTaken(NamedInput file, string target) => !MayReplace(file, target) && Path.Exists(target);

    private void RefuseExisting(NamedInput file, string target)
    {
        if (IsTaken(file, target))
        {
            throw new FaceLoupeException(Earlier?.IsContested(file.Path) == true
                ? $"{file.Path}: {target} already exists and may be the copy of another input of that name; an "
                    + "audit, from the first run on, tells them apart; --overwrite replaces it."
                : $"{file.Path}: {target} already exists; --overwrite replaces it, another --out keeps it.");
        }
    }
}
