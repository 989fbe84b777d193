using System.Diagnostics;
using FaceLoupe.Cli.Archives;
using FaceLoupe.Cli.Detection.Displays;
using FaceLoupe.Cli.Detection.Formats;
using FaceLoupe.Cli.Detection.Outputs;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Streams;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Imaging;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Detection;

/// <summary>One call of <c>faceloupe detect</c> over tar files: the images of each become a file of rows.</summary>
/// <param name="Detector">Finds the faces.</param>
/// <param name="Format">How rows are written.</param>
/// <param name="Folder">Where they go.</param>
/// <param name="Display">What is shown.</param>
internal sealed record TarRun(FaceLoupeDetector Detector, RowFormat Format, string Folder, IDetectDisplay Display)
{
    private readonly DetectTally _tally = new();
    private int _broken;

    /// <summary>Longer side of the smallest face that is reported, in pixels; 0: any.</summary>
    public float MinFace { get; init; }

    /// <summary>Whether images that an earlier run finished are skipped.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether images whose files show damage are refused.</summary>
    public bool Strict { get; init; }

    /// <summary>How long one image may take.</summary>
    public PictureTime Time { get; init; } = PictureTime.Any;

    /// <summary>How many images are decoded ahead.</summary>
    public int ReadAhead { get; init; } = 1;

    /// <summary>Decodes images. Default: in this process.</summary>
    public IPictureDecoder Decoder { get; init; } = OwnProcessDecoder.Instance;

    /// <summary>Processes the tar files.</summary>
    /// <param name="tars">The files.</param>
    /// <param name="stop">Stops between two runs of a network; what is finished is kept.</param>
    /// <returns>The exit code.</returns>
    public int Run(IReadOnlyList<string> tars, CancellationToken stop)
    {
        string[] open = [.. tars.Where(tar => !Resume || !IsFinished(tar))];
        if (open.Length < tars.Count)
        {
            Display.Fault(FormattableString.Invariant($"{tars.Count - open.Length} tar files were finished before."));
        }

        var clock = Stopwatch.StartNew();
        var done = tars.Count - open.Length;
        Display.During(
            open.Length, () => done += open.TakeWhile(_ => !stop.IsCancellationRequested).Count(tar => Run(tar, stop)));
        var remaining = tars.Count - done - _broken;
        Display.Summary(new RunSummary(_tally, remaining, Videos: false, clock.Elapsed));
        return stop.IsCancellationRequested && remaining > 0 ? ExitCode.Stopped
            : done == 0 && tars.Count > 0 ? ExitCode.NothingDone
            : _tally.Failures + _broken > 0 ? ExitCode.SomeFailed
            : ExitCode.Fine;
    }

    private bool IsFinished(string tar)
    {
        try
        {
            return File.Exists(PathOf(tar)) && !TarRows.HasFailures(PathOf(tar), Format);
        }
        catch (FaceLoupeException)
        {
            return false; // reported when it is opened again
        }
    }

    private string PathOf(string tar) => Path.Join(Folder, TarFile.ResultOf(tar, Format.Name));

    // True: its rows are written.
    private bool Run(string tar, CancellationToken stop)
    {
        try
        {
            using var rows = new TarRows(PathOf(tar), Format, Resume);

            // Decoded ahead on another thread.
            foreach (var (entry, picture) in new FrameQueue(ReadAhead).Read(
                TarFile.Pictures(tar).Select(entry => (entry, rows.HasEarlier(entry.Name) ? null : Decode(entry))),
                stop))
            {
                Detect(entry, picture, rows, stop);
            }

            rows.Finish();
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
        catch (FaceLoupeException fault) when (fault is not OutputRefusedException)
        {
            // The images after the damage are not known, so the tar file has no complete file of rows.
            _broken++;
            Display.Fault(fault.Message);
            return false;
        }
    }

    private Lazy<Picture> Decode(TarPicture entry)
    {
        Picture? picture = null;
        var fault = Attempt.On(
            entry.Name,
            () => picture = Time.Within(entry.Name, end => entry.Decode(Decoder, end), CancellationToken.None),
            CancellationToken.None);
        return new Lazy<Picture>(() => picture ?? throw new FaceLoupeException(fault!.Message));
    }

    private void Detect(TarPicture entry, Lazy<Picture>? decoded, TarRows rows, CancellationToken stop)
    {
        if (rows.Earlier(entry.Name) is not null)
        {
            _tally.SkipPictures(1);
            return;
        }

        var clock = Stopwatch.StartNew();
        if (Attempt.On(entry.Name, Search, stop) is { } fault)
        {
            _tally.Failures++;
            Display.Fault(fault.Message);
            Write(rows, ResultRow.Of(fault) with { Sample = entry.Key });
        }

        void Search()
        {
            var (picture, found) = Time.Within(entry.Name, end => Find(entry, decoded!.Value, end), stop);
            Face[] faces = [.. found.Faces.Where(face => face.Box.LongerSide >= MinFace)];
            Write(rows, ResultRow.Of(
                PictureFaces.Of(entry.Name, entry.Name, picture, faces) with { Sample = entry.Key }));
            _tally.AddPicture(faces.Length);
            _tally.Inputs++;
            Display.Finished(entry.Name, found, faces.Length, clock.Elapsed);
        }
    }

    private (Picture Picture, Detections Found) Find(TarPicture entry, Picture picture, CancellationToken stop)
    {
        if (DamagedPicture.Note(
            picture, entry.Name, Strict, Strict ? "leave out --strict" : "--strict refuses it") is { } note)
        {
            Display.Fault(note);
        }

        return (picture, Detector.Detect(picture, entry.Name, stop));
    }

    private void Write(TarRows rows, ResultRow row) => OutputRefusedException.Check(() =>
    {
        if (!rows.Write(row))
        {
            Display.Fault($"{row.Image}: is in the tar file twice; the first one is used.");
        }
    });
}
