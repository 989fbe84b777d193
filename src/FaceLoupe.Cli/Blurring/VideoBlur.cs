using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Reviewing;
using FaceLoupe.Cli.Video;
using FaceLoupe.Imaging;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Blurring;

/// <summary>
/// Anonymises videos: decode, detect, carry across gaps, mask, encode and, if requested, search the result again.
/// </summary>
/// <param name="Tools">Where ffmpeg is.</param>
/// <param name="Anonymiser">Finds and hides faces.</param>
/// <param name="Options">The options.</param>
/// <param name="Verifier">Searches the result again; null: it is not searched.</param>
/// <param name="Audit">Records every region; null: nothing is recorded.</param>
/// <param name="Corrections">A person's corrections; null: none.</param>
internal sealed record VideoBlur(
    FfmpegTools Tools,
    Anonymiser Anonymiser,
    BlurOptions Options,
    MaskVerifier? Verifier,
    AuditLog? Audit,
    Corrections? Corrections)
{
    /// <summary>Whether an existing target may be replaced. Default true.</summary>
    public bool Replaces { get; init; } = true;

    /// <summary>Anonymises one video. The target appears when it is complete and, if requested, verified.</summary>
    /// <param name="path">The video.</param>
    /// <param name="target">Where its masked copy goes.</param>
    /// <param name="progress">Receives the number of frames done and, if known, of all frames.</param>
    /// <param name="cancellation">Stops within a frame.</param>
    /// <exception cref="FaceLoupeException">
    /// The video is damaged, its copy cannot be written, or it still shows regions after the last search.
    /// </exception>
    public BlurTally Run(string path, string target, Action<long, long?> progress, CancellationToken cancellation)
    {
        var info = VideoInfo.Read(Tools, path);
        if (Verifier is not null)
        {
            return Verify(info, path, target, progress, cancellation);
        }

        var (corrected, cut) = Corrected(info, path);
        var written = Write(
            info, path, target, Anonymiser, corrected, Options.DetectEvery, Report, progress, cancellation);
        return written with { Cut = cut };

        void Report(AnonymisedPicture frame, long number, double seconds) =>
            Audit?.WriteRegions(path, frame, number, seconds);
    }

    // Boxes are checked on the first frame, not after hours.
    private (CorrectedFile? File, int Cut) Corrected(VideoInfo info, string path)
    {
        if (Corrections?.For(path) is not { } corrected)
        {
            return (null, 0);
        }

        using var reader = new VideoReader(Tools, path, info);
        return reader.Frames().Select(frame => frame.Picture).FirstOrDefault() is { } first
            ? corrected.Fit(first.Width, first.Height, isVideo: true, End(info)) : (corrected, 0);
    }

    // For a video with a variable frame rate, the container may state the duration at a constant one.
    private static double? End(VideoInfo info) =>
        info is { Seconds: { } reported, Uneven.Seconds: [var first, .., var last] }
            ? Math.Max(reported, last - first) : info.Seconds;

    // Until no more faces are found, the video has another name beside its target.
    private BlurTally Verify(
        VideoInfo info, string path, string target, Action<long, long?> progress, CancellationToken cancellation)
    {
        var unseen = Path.Combine(
            Path.GetDirectoryName(Path.GetFullPath(target)) ?? ".",
                $".{Guid.NewGuid():N}.unverified{Path.GetExtension(target)}");
        try
        {
            var (found, maskedAgain) = (new List<IReadOnlyList<FaceRegion>>(), 0L);
            var (anonymiser, every) = (Anonymiser.Recording(found), Options.DetectEvery);
            for (var search = 1; ; search++)
            {
                var masked = new List<(IReadOnlyList<FaceRegion> Regions, double Seconds)>();
                var size = (Width: 1, Height: 1);
                var tally = Write(info, path, unseen, anonymiser, null, every, Note, progress, cancellation);
                var left = Left(unseen, masked, cancellation);
                if (left.Sum(regions => regions.Count) is var count && count == 0)
                {
                    Name(unseen, target);
                    ReportAll(path, masked, size);
                    return tally with { Verified = new VerifyTally(Verifier!.Threshold, search, maskedAgain) };
                }

                if (search == MaskVerifier.MostSearches)
                {
                    throw PictureBlur.StillShows(path, count);
                }

                // The original is not searched again: regions found in it and in its masked copy are masked.
                maskedAgain += count;
                found = [.. found.Zip(left, (before, regions) => (IReadOnlyList<FaceRegion>)[.. before, .. regions])];
                (anonymiser, every) = (Anonymiser.Replaying(found), 1);

                void Note(AnonymisedPicture frame, long number, double seconds)
                {
                    masked.Add((frame.Regions, seconds));
                    size = (frame.Picture.Width, frame.Picture.Height);
                }
            }
        }
        finally
        {
            if (File.Exists(unseen))
            {
                File.Delete(unseen);
            }
        }
    }

    // Regions that are still found in each frame of the masked copy.
    private List<IReadOnlyList<FaceRegion>> Left(
        string written,
        List<(IReadOnlyList<FaceRegion> Regions, double Seconds)> masked,
        CancellationToken cancellation)
    {
        using var reader = new VideoReader(Tools, written, VideoInfo.Read(Tools, written));
        return
        [
            .. new FrameQueue(Options.ReadAhead).Read(reader.Frames(), cancellation).Zip(
                masked, (frame, mask) => Verifier!.Left(frame.Picture, mask.Regions, written, cancellation)),
        ];
    }

    private void ReportAll(
        string path, List<(IReadOnlyList<FaceRegion> Regions, double Seconds)> masked, (int Width, int Height) size)
    {
        var frame = new AnonymisedPicture(new Picture(size.Width, size.Height), []);
        for (var i = 0; i < masked.Count; i++)
        {
            Audit?.WriteRegions(path, frame with { Regions = masked[i].Regions }, i, masked[i].Seconds);
        }
    }

    private BlurTally Write(
        VideoInfo info,
        string path,
        string target,
        Anonymiser anonymiser,
        CorrectedFile? corrected,
        int detectEvery,
        Action<AnonymisedPicture, long, double> tell,
        Action<long, long?> progress,
        CancellationToken cancellation)
    {
        VideoWriter.CheckPlace(target);
        var current = 0.0;
        anonymiser = anonymiser.Correcting(corrected is null ? null : (found, _) => corrected.Correct(found, current));
        var times = new Queue<double>();
        var (read, searching) = (0L, true);
        var carry = FaceTracker.CarryFor(Options.Carry, Options.DetectEvery);
        VideoWriter? writer = null;
        try
        {
            var tally = default(BlurTally);
            foreach (var frame in anonymiser.AnonymiseTwice(Frames, path, carry, detectEvery, cancellation))
            {
                searching = false;
                writer ??= new VideoWriter(
                    Tools, target, info, frame.Picture.Width, frame.Picture.Height, sound: path)
                {
                    // A video to be verified has a name of its own until then, and may be written several times.
                    Replaces = Replaces || Verifier is not null,
                };
                var seconds = times.Dequeue();
                writer.Write(frame.Picture, seconds);
                tell(frame, tally.Frames, seconds);
                tally = new BlurTally(
                    tally.Frames + 1,
                    tally.Regions + frame.Regions.Count,
                    tally.Carried + frame.Regions.Count(region => region.Carried));
            }

            writer?.Finish();
            return tally;
        }
        finally
        {
            writer?.Dispose();
        }

        // Searching takes far longer than masking, so its progress is shown.
        IEnumerable<Picture> Frames()
        {
            times.Clear();
            read = 0;
            using var reader = new VideoReader(Tools, path, info);
            foreach (var frame in new FrameQueue(Options.ReadAhead).Read(reader.Frames(), cancellation))
            {
                times.Enqueue(frame.Seconds);
                current = frame.Seconds;
                yield return frame.Picture;
                if (searching)
                {
                    progress(++read, info.Frames);
                }
            }
        }
    }

    private void Name(string written, string target)
    {
        try
        {
            AtomicFile.Name(written, target, Replaces);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Refused(target, fault);
        }
    }
}
