using System.Diagnostics;
using System.Globalization;
using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Detection;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Isolation;
using FaceLoupe.Cli.Reviewing;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Cli.Video;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Blurring;

/// <summary>One call of <c>faceloupe blur</c>.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Error">Where summaries and faults go.</param>
/// <param name="Bars">Progress bars, and lines above them.</param>
internal sealed class BlurRun(BlurOptions Options, TextWriter Error, ProgressBars Bars)
{
    private const string VideoUnseen =
        "is a video, and the page of --review shows images only; look at its masked copy, and write corrections for "
        + "spans of time by hand (docs/anonymising.md).";

    private CopyTargets Targets { get; } = new("--out", Options.Out)
    {
        Original = "original",
        Instead = "give another place, or --overwrite if the original shall go",
        Overwrite = Options.Overwrite,
    };

    private readonly List<InputFault> _faults = [];
    private Corrections? _corrections;
    private Reviewer? _reviewer;
    private int _left;
    private int _passedOver;

    /// <summary>Processes every input that can be processed.</summary>
    /// <returns>The exit code.</returns>
    public int Run(CancellationToken cancellation)
    {
        using var shard = BlurShard.Of(Options);
        var found = shard?.Files ?? BlurInputs.Of(
            Options.Inputs,
            Options.Recursive,
            Options.Out,
            Options.List is null ? null : ListFile.Read(Options.List, Options.StandardInput));
        var (inputs, targets) = found.With(Targets.Of(found.Files, found.OneFileNamed));
        RefuseReportsOver(inputs, targets);
        _passedOver = inputs.Notes.Count;
        foreach (var note in inputs.Notes)
        {
            Error.WriteLine($"faceloupe: {note}");
        }

        foreach (var fault in inputs.Faults)
        {
            Report(fault);
        }

        if (inputs.Files.Count == 0 && shard is null)
        {
            return ExitCode.NothingDone;
        }

        var options = Options.Certificate is { } file
            ? Options.Anonymising with { Certificate = MaskCertificateFile.Read(file) }
            : Options.Anonymising;
        _corrections = Options.Apply is null ? null : Corrections.Read(Options.Apply);
        _corrections?.RefuseUnlessFor(inputs.Files.Select(input => input.Path));
        using var bundle = Options.Model.Open(note => Error.WriteLine($"faceloupe: {note}"));
        using var anonymiser = new Anonymiser(bundle, options);
        var threshold = anonymiser.Threshold!;
        using var low = Options.Review is null ? null : new Anonymiser(bundle, options with
        {
            MinScore = threshold.Threshold * Reviewer.NearShare, TargetRecall = null, Certificate = null,
        });
        _reviewer = low is null ? null : new Reviewer(low, new ReviewPage());
        var header = Header(bundle.Manifest, threshold);
        var earlier = shard is not null ? shard.Begin(bundle.Manifest, header)
            : Options.Resume ? BlurResume.Of(Options.Audit, header) : null;
        foreach (var fault in inputs.Faults)
        {
            shard?.Write(fault);
        }

        Describe(threshold, bundle.Manifest);
        using var audit = Options.Audit is null ? null : AuditFile.Create(Options.Audit, header, earlier?.Lines);
        var done = 0;
        try
        {
            var verifier = Options.Verify ? new MaskVerifier(bundle, options) : null;
            Bars.During("Hiding faces", inputs.Files.Count, () => done = Process(
                inputs.Files, targets, earlier, anonymiser, verifier, audit, shard, cancellation));
            audit?.Finish();
            shard?.Finish();
            WriteReview(inputs.Files);
        }
        catch (IOException fault) when (Options.Audit is not null)
        {
            // Images and videos have their own messages; this one is for the audit, on a full disk.
            throw AuditFile.Unwritable(Options.Audit, fault);
        }

        return cancellation.IsCancellationRequested ? ExitCode.Stopped
            : done == 0
            && shard is null ? ExitCode.NothingDone : _faults.Count + _left == 0 ? ExitCode.Fine : ExitCode.SomeFailed;
    }

    private void Describe(ThresholdChoice threshold, ModelManifest model)
    {
        Report(threshold.Describe());
        if (threshold.WeakerThanDefault(model) is { } weaker)
        {
            Report(weaker);
        }

        var mask = Options.Anonymising.Mask;
        if (threshold is { ByMasks: true, Certificate: null } && mask.Scale < new MaskOptions().Scale)
        {
            Report(string.Create(
                CultureInfo.InvariantCulture,
                $"measured with masks of {new MaskOptions().Scale} times the face's box; those of {mask.Scale} hide "
                    + $"fewer"));
        }

        if (mask.Warning is { } warning)
        {
            Report($"--mask {mask.Kind.ToString().ToLowerInvariant()}: {warning}");
        }
    }

    private int Process(
        IReadOnlyList<NamedInput> files,
        IReadOnlyList<string> targets,
        BlurResume? earlier,
        Anonymiser anonymiser,
        MaskVerifier? verifier,
        AuditFile? log,
        BlurShard? shard,
        CancellationToken cancellation)
    {
        var audit = log?.Log;

        // Searched for once, and only if there is a video.
        var tools = new Lazy<FfmpegTools>(() => FfmpegTools.Find(Options.Ffmpeg));
        var places = Enumerable.Range(0, files.Count)
            .ToLookup(i => earlier?.IsDone(files[i].Path, targets[i]) ?? false);
        var decoder = IsolationLimits.Open(Options.Isolation, Options.ReadAhead + 1);
        using var workers = decoder as IDisposable;
        using var pictures = new PictureQueue(i => Read(decoder, files[i].Path), Options.ReadAhead)
            .Read([.. places[false].Where(i => !files[i].IsVideo && !IsTaken(files[i], targets[i], earlier))])
                .GetEnumerator();
        foreach (var i in places[true])
        {
            ReportOriginal(files[i], targets[i]);
            Bars.Finish();
        }

        var clock = Stopwatch.StartNew();
        var done = 0;
        long regions = 0;
        foreach (var i in places[false].TakeWhile(_ => !cancellation.IsCancellationRequested))
        {
            var (file, target) = (files[i], targets[i]);
            try
            {
                RefuseExisting(file, target, earlier);
                log?.Begin(file.Path, target);
                shard?.Begin(file, target);
                var started = clock.Elapsed;
                var tally = file.IsVideo
                    ? new VideoBlur(
                        tools.Value, anonymiser, Options, verifier, audit) { Corrections = _corrections }.Run(
                        file.Path,
                        target,
                        (frame, all) => Bars.Show(file.Path, frame, all),
                        cancellation)
                    : Options.Time.Within(
                        file.Path,
                        end => Blur(
                            Next(pictures, i, end), file, target, new PictureBlur(anonymiser, verifier, audit), shard,
                            end),
                        cancellation);
                audit?.WriteDone(file.Path, target, tally.Frames, tally.Regions, tally.Verified);
                Report(file, target, tally, clock.Elapsed - started);
                ReportUnsearched(file);
                ReportOriginal(file, target);
                regions += tally.Regions;
                done++;
            }
            catch (Exception fault) when (cancellation.IsCancellationRequested
                && fault is OperationCanceledException or FaceLoupeException)
            {
                // Ctrl-C also stops ffmpeg, which then looks like a damaged video.
                audit?.WriteFailed(file.Path, "stopped before its end");
                Report(new InputFault(file.Path, $"{file.Path}: stopped before its end; no copy of it was written."));
                break;
            }
            catch (FaceLoupeException fault)
            {
                audit?.WriteFailed(file.Path, fault.Message);
                shard?.Write(new InputFault(file.Path, fault.Message));
                Report(new InputFault(file.Path, fault.Message));
            }
            catch (OutOfMemoryException)
            {
                var fault = InputFault.OfMemory(file.Path, file.IsVideo);
                audit?.WriteFailed(file.Path, fault.Message);
                shard?.Write(fault);
                Report(fault);
            }

            Bars.Finish();
        }

        var before = places[true].Count();
        if (before > 0)
        {
            Report($"{Count(before, "file")} finished by an earlier run, left as they are");
        }

        if (done + _faults.Count + _passedOver > 1)
        {
            Report($"{Count(regions, "region")} masked in {Count(done, "file")}, "
                + FormattableString.Invariant($"{clock.Elapsed.TotalSeconds:0.0} s; {_faults.Count} inputs failed")
                + (_passedOver == 0 ? string.Empty : FormattableString.Invariant($"; {_passedOver} passed over"))
                + (_left == 0 ? string.Empty : $"; {Count(_left, "original")} not replaced, with faces as they were"));
        }

        return done + before;
    }

    private Picture Read(IPictureDecoder decoder, string path) => Options.Time.Within(
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

    private BlurTally Blur(
        Picture picture, NamedInput file, string target, PictureBlur blur, BlurShard? shard, CancellationToken end)
    {
        var damaged = Sound(picture, file.Path).Damage is not null;
        return (blur with
        {
            Reviewer = _reviewer,
            Corrections = _corrections,
            Masked = shard is null ? null : masked => shard.Write(file, target, masked, damaged),
        }).Run(picture, file.Path, target, end);
    }

    // What cannot be decoded cannot be masked.
    private Picture Sound(Picture picture, string path)
    {
        var way = Options.AllowDamaged
            ? "without --allow-damaged it is refused" : "hide what shows with --allow-damaged";
        if (DamagedPicture.Note(picture, path, !Options.AllowDamaged, way) is { } note)
        {
            Bars.WriteLine($"faceloupe: {note}");
        }

        return picture;
    }

    private AuditHeader Header(ModelManifest model, ThresholdChoice threshold) => new(
        $"FaceLoupe {typeof(BlurRun).Assembly.GetName().Version?.ToString(3)}",
        $"{model.Name} {model.Version}",
        [model.Proposals.Sha256, model.Generator.Sha256, model.Discriminator.Sha256],
        threshold,
        Options.Anonymising.Mask,
        Options.Carry,
        DateTimeOffset.UtcNow,
        Options.Anonymising.MinFace,
        Options.DetectEvery)
    {
        CorrectionsSha256 = Options.Apply is null ? null : Corrections.HashOf(Options.Apply),
    };

    private bool IsTaken(NamedInput file, string target, BlurResume? earlier) =>
        !Options.Overwrite && Path.Exists(target) && earlier?.WasUnderWay(file.Path, target) != true;

    private void RefuseExisting(NamedInput file, string target, BlurResume? earlier)
    {
        if (IsTaken(file, target, earlier))
        {
            throw new FaceLoupeException(
                $"{file.Path}: {target} exists already; --overwrite replaces it, another --out keeps it.");
        }
    }

    // Neither the audit nor the page of a review may take the place of an image, a copy, the corrections or each
    // other.
    private void RefuseReportsOver(BlurInputs inputs, IReadOnlyList<string> targets)
    {
        var taken = inputs.Files.Select(file => file.Path).Concat(targets)
            .Concat(Options.Apply is null ? [] : [Options.Apply]).Select(Path.GetFullPath)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (flag, report) in new[] { ("--audit", Options.Audit), ("--review", Options.Review) })
        {
            if (report is not null && !taken.Add(Path.GetFullPath(report)))
            {
                throw new FaceLoupeException(
                    $"{flag} {report}: is also an image, video or file of this call; choose another.");
            }
        }

        if (Options.Audit is { } audit && Options is { Overwrite: false, Resume: false } && !AuditFile.IsFree(audit))
        {
            throw new FaceLoupeException(
                $"--audit {audit}: exists already; --resume continues it, --overwrite replaces it, another name keeps "
                    + "it.");
        }

        if (Options.Review is { } page && !Options.Overwrite && Path.Exists(page))
        {
            throw new FaceLoupeException(
                $"--review {page}: exists already; --overwrite replaces it, another name keeps it.");
        }
    }

    private void WriteReview(IReadOnlyList<NamedInput> files)
    {
        if (_reviewer is null)
        {
            return;
        }

        foreach (var file in files.Where(file => !_reviewer.Shown.Contains(file.Path)))
        {
            _reviewer.Page.Leave(
                file.Path,
                _faults.Find(fault => fault.Image == file.Path)?.Message
                    ?? (file.IsVideo ? VideoUnseen : "was not come to."));
        }

        if (!_reviewer.Page.IsEmpty)
        {
            _reviewer.Page.Write(Options.Review!);
            return;
        }

        Error.WriteLine($"faceloupe: --review {Options.Review}: there is no image to show, so no page was written.");
    }

    private void Report(NamedInput file, string target, BlurTally tally, TimeSpan elapsed)
    {
        var frames = file.IsVideo
            ? $" in {Count(tally.Frames, "frame")}, "
                + FormattableString.Invariant($"{tally.Carried} of them carried over gaps")
            : string.Empty;
        var verified = tally.Verified is { } again
            ? $", {again.MaskedAgain} of them after searching it again" : string.Empty;
        var cut = tally.Cut > 0
            ? $", {Count(tally.Cut, "box", "boxes")} of --apply cut at the edges of the image" : string.Empty;
        var recoded = tally.Recoded is { } reason ? $", re-encoded as a whole since {reason}" : string.Empty;
        Report($"{file.Path} -> {target}: {Count(tally.Regions, "region")} masked{frames}{verified}{cut}{recoded}, "
            + FormattableString.Invariant($"{elapsed.TotalSeconds:0.00} s"));
    }

    private void Report(string line)
    {
        if (!Options.Quiet)
        {
            Bars.WriteLine(line);
        }
    }

    // Always reported: whoever relies on the folder must know of a face in it.
    private void ReportOriginal(NamedInput file, string target)
    {
        if (Targets.LeavesOriginal(file, target))
        {
            _left++;
            Bars.WriteLine(
                $"faceloupe: {file.Path}: was not replaced and still shows its faces: its masked copy has another "
                + $"name, {target}; delete the original, or give another folder as --out.");
        }
    }

    private void ReportUnsearched(NamedInput file)
    {
        if (_reviewer is not null && file.IsVideo)
        {
            Bars.WriteLine($"faceloupe: {file.Path}: {VideoUnseen}");
        }
    }

    private void Report(InputFault fault)
    {
        _faults.Add(fault);
        Bars.WriteLine($"faceloupe: {fault.Message.ReplaceLineEndings(" ")}");
    }

    private static string Count(long number, string noun, string? plural = null) =>
        FormattableString.Invariant($"{number} {(number == 1 ? noun : plural ?? noun + "s")}");
}
