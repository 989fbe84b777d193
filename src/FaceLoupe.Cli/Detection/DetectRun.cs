using System.Diagnostics;
using FaceLoupe.Cli.Detection.Displays;
using FaceLoupe.Cli.Detection.Outputs;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Streams;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Imaging;
using FaceLoupe.ObjectStores;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Detection;

/// <summary>The loop of <c>faceloupe detect</c> over its inputs.</summary>
/// <param name="Search">Searches images.</param>
/// <param name="Videos">Searches videos.</param>
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
        // The number of frames of a video is known only once they are decoded.
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
        // Images are also read ahead while a video between them is searched.
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

    // False: the run ends.
    private bool TryDetect(int place, Task<Picture>? picture, CancellationToken stop)
    {
        try
        {
            if (Attempt.On(Inputs.Paths[place], Detect, stop, isVideo: picture is null) is { } fault)
            {
                Fail(fault);
            }
            else
            {
                _tally.Inputs++;
            }

            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
        catch (OutputRefusedException fault)
        {
            // On a full disk, every further image would fail.
            Refuse(fault);
            return false;
        }

        void Detect()
        {
            if (picture is null)
            {
                Videos.Run(place, _tally, stop);
            }
            else
            {
                this.Detect(place, picture, stop);
            }
        }
    }

    private void Refuse(OutputRefusedException fault)
    {
        Display.Fault(fault.Message);
        _outputRefused = true;
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
            picture, Inputs.Paths[place], Strict, Strict ? "leave out --strict" : "--strict refuses it") is { } note)
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
        var length = InputFile.Reading("standard input", () =>
        {
            stream.CopyTo(bytes);
            return (int)bytes.Length;
        });
        return Decode(bytes.GetBuffer().AsMemory(0, length), "standard input");
    }

    // Decoded ahead, so its time limit is over before that of the search.
    private Picture Decode(ReadOnlyMemory<byte> file, string name) =>
        Time.Within(name, end => Decoder.Decode(file, name, end), CancellationToken.None);

    private void Fail(InputFault fault)
    {
        _tally.Failures++;
        Display.Fault(fault.Message);
        try
        {
            OutputRefusedException.Check(() => Output.Write(fault));
        }
        catch (OutputRefusedException refused)
        {
            Refuse(refused);
        }
    }
}
