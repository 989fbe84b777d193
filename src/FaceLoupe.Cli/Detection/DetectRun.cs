using System.Diagnostics;
using FaceLoupe.Cli.Detection.Displays;
using FaceLoupe.Cli.Detection.Outputs;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Imaging;
using FaceLoupe.ObjectStores;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Detection;

/// <summary>One call of <c>faceloupe detect</c>, its options understood: the loop over the inputs.</summary>
/// <param name="Search">Looks at images.</param>
/// <param name="Videos">Looks at videos.</param>
/// <param name="ReadAhead">How many images are decoded ahead.</param>
/// <param name="Display">What is shown.</param>
/// <param name="StandardInput">Opens standard input.</param>
internal sealed record DetectRun(
    FaceSearch Search, VideoSearch Videos, int ReadAhead, IDetectDisplay Display, Func<Stream> StandardInput)
{
    private readonly DetectTally _tally = new();
    private bool _outputRefused;

    /// <summary>Whether images whose files show damage are refused.</summary>
    public bool Strict { get; init; }

    /// <summary>How long one image may take.</summary>
    public PictureTime Time { get; init; } = PictureTime.Any;

    /// <summary>Decodes images.</summary>
    public IPictureDecoder Decoder { get; init; } = OwnProcessDecoder.Instance;

    private InputList Inputs => Search.Inputs;

    private IDetectionOutput Output => Search.Output;

    /// <summary>Processes every input that can be processed and is not finished yet.</summary>
    /// <param name="stop">Stops between two runs of a network; what is finished is kept.</param>
    /// <returns>The exit code.</returns>
    public int Run(CancellationToken stop)
    {
        // How many frames a video has shows only when they are decoded.
        int[] all = [.. Enumerable.Range(0, Inputs.Paths.Count)];
        int[] places =
            [.. all.Where(place => Inputs.IsVideo(place) || !Output.IsFinished(new PicturePlace(place)))];
        _tally.SkipPictures(all.Length - places.Length);
        _tally.PassedOver = Inputs.Notes.Count;
        foreach (var fault in Inputs.Faults)
        {
            Fail(fault);
        }

        var clock = Stopwatch.StartNew();
        Display.During(places.Length, () => Work(places, stop));
        var remaining = places.Length - _tally.Inputs - (_tally.Failures - Inputs.Faults.Count);
        var stopped = stop.IsCancellationRequested && remaining > 0;
        var isAnything = _tally.IsAnything || Output.RecordsFailures;
        if (isAnything && !_outputRefused)
        {
            Output.Finish();
        }

        if (_tally.IsAnything || stopped)
        {
            Display.Summary(new RunSummary(_tally, remaining, Array.Exists(places, Inputs.IsVideo), clock.Elapsed));
        }

        return stopped ? ExitCode.Stopped
            : !isAnything ? ExitCode.NothingDone
            : _tally.Failures > 0 || _outputRefused ? ExitCode.SomeFailed
            : ExitCode.Fine;
    }

    private void Work(int[] places, CancellationToken stop)
    {
        // Images are read ahead across the videos between them.
        using var pictures = new PictureQueue(Read, ReadAhead)
            .Read(Array.FindAll(places, place => !Inputs.IsVideo(place))).GetEnumerator();
        foreach (var place in places)
        {
            var picture = !Inputs.IsVideo(place) && pictures.MoveNext() ? pictures.Current.Picture : null;
            if (stop.IsCancellationRequested || !TryDetect(place, picture, stop))
            {
                return;
            }
        }
    }

    // False: there is no point in going on.
    private bool TryDetect(int place, Task<Picture>? picture, CancellationToken stop)
    {
        var path = Inputs.Paths[place];
        try
        {
            if (picture is null)
            {
                Videos.Run(place, _tally, stop);
            }
            else
            {
                Detect(place, picture, stop);
            }

            _tally.Inputs++;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
        catch (OutputRefusedException fault)
        {
            // A full disk would fail every image that follows, each in its turn.
            Display.Fault(fault.Message);
            _outputRefused = true;
            return false;
        }
        catch (FaceLoupeException) when (stop.IsCancellationRequested && picture is null)
        {
            // Ctrl-C also stops ffmpeg, which then looks like a damaged video.
            return false;
        }
        catch (FaceLoupeException fault)
        {
            Fail(new InputFault(path, fault.Message));
        }
        catch (OutOfMemoryException)
        {
            Fail(InputFault.OfMemory(path, video: picture is null));
        }

        return true;
    }

    private void Detect(int place, Task<Picture> reading, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        var (picture, found, faces) = Time.Within(
            Inputs.Paths[place], end => ReadAndDetect(place, reading, end), stop);
        Search.Write(new PicturePlace(place), picture, found, faces);
        _tally.AddPicture(faces.Length);
        Display.Finished(Inputs.Paths[place], found, faces.Length, clock.Elapsed);
    }

    private (Picture Picture, Detections Found, Face[] Faces) ReadAndDetect(
        int place, Task<Picture> reading, CancellationToken stop)
    {
        var picture = reading.WaitAsync(stop).GetAwaiter().GetResult();
        if (DamagedPicture.Note(
            picture, Inputs.Paths[place], Strict, Strict ? "leave --strict out" : "--strict refuses it") is { } note)
        {
            Display.Fault(note);
        }

        var (found, faces) = Search.Detect(new PicturePlace(place), picture, stop);
        return (picture, found, faces);
    }

    private Picture Read(int place)
    {
        var path = Inputs.Paths[place];
        if (ObjectStore.IsPlace(path))
        {
            return Decode(Search.Store.Read(path), path);
        }

        if (path != InputList.StandardInput)
        {
            return Decode(PictureFile.ReadBytes(path), path);
        }

        using var stream = StandardInput();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Decode(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), "standard input");
    }

    // Ahead of its turn, so that the time is over no later than that of the turn.
    private Picture Decode(ReadOnlyMemory<byte> file, string name) =>
        Time.Within(name, end => Decoder.Decode(file, name, end), CancellationToken.None);

    private void Fail(InputFault fault)
    {
        _tally.Failures++;
        Display.Fault(fault.Message);
        try
        {
            OutputRefusedException.Guard(() => Output.Write(fault));
        }
        catch (OutputRefusedException refused)
        {
            Display.Fault(refused.Message);
            _outputRefused = true;
        }
    }
}
