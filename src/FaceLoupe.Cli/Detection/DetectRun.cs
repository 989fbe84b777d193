using System.Diagnostics;
using FaceLoupe.Cli.Detection.Displays;
using FaceLoupe.Cli.Detection.FacePictures;
using FaceLoupe.Cli.Detection.Formats;
using FaceLoupe.Cli.Detection.Outputs;
using FaceLoupe.Imaging;
using FaceLoupe.Models;

namespace FaceLoupe.Cli.Detection;

/// <summary>One call of <c>faceloupe detect</c>, its options understood: the loop over the pictures.</summary>
/// <param name="Inputs">The pictures.</param>
/// <param name="Detector">Finds the faces.</param>
/// <param name="MinFace">Longer side of the smallest face that is reported, in pixels; 0: any.</param>
/// <param name="ReadAhead">How many pictures are decoded ahead.</param>
/// <param name="Output">Where results go.</param>
/// <param name="FacePictures">What is drawn or cut for each picture, before its result is written.</param>
/// <param name="Display">What is shown.</param>
/// <param name="StandardInput">Opens standard input.</param>
internal sealed record DetectRun(
    InputList Inputs,
    FaceLoupeDetector Detector,
    float MinFace,
    int ReadAhead,
    IDetectionOutput Output,
    IReadOnlyList<IFacePictures> FacePictures,
    IDetectDisplay Display,
    Func<Stream> StandardInput)
{
    private int _pictures;
    private int _faces;
    private int _failures;
    private bool _outputRefused;

    /// <summary>Processes every picture that can be processed and is not finished yet.</summary>
    /// <param name="stop">Stops between two runs of a network; what is finished is kept.</param>
    /// <returns>The exit code.</returns>
    public int Run(CancellationToken stop)
    {
        int[] places = [.. Enumerable.Range(0, Inputs.Pictures.Count).Where(place => !Output.IsFinished(place))];
        foreach (var fault in Inputs.Faults)
        {
            Fail(fault);
        }

        var clock = Stopwatch.StartNew();
        Display.During(places.Length, () => Work(places, stop));
        var skipped = Inputs.Pictures.Count - places.Length;
        var remaining = places.Length - _pictures - (_failures - Inputs.Faults.Count);
        var stopped = stop.IsCancellationRequested && remaining > 0;
        if (_pictures + skipped > 0 && !_outputRefused)
        {
            Output.Finish();
        }

        if (_pictures + skipped > 0 || stopped)
        {
            Display.Summary(new RunSummary(_pictures, _faces, _failures, skipped, remaining, clock.Elapsed));
        }

        return stopped ? ExitCode.Stopped
            : _pictures + skipped == 0 ? ExitCode.NothingDone
            : _failures > 0 || _outputRefused ? ExitCode.SomeFailed
            : ExitCode.Fine;
    }

    private void Work(int[] places, CancellationToken stop)
    {
        foreach (var (place, picture) in new PictureQueue(Read, ReadAhead).Read(places))
        {
            if (stop.IsCancellationRequested)
            {
                return;
            }

            try
            {
                Detect(place, picture, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (OutputRefusedException fault)
            {
                // A full disk would fail every picture that follows, each in its turn.
                Display.Fault(fault.Message);
                _outputRefused = true;
                return;
            }
            catch (FaceLoupeException fault)
            {
                Fail(new InputFault(Inputs.Pictures[place], fault.Message));
            }
            catch (OutOfMemoryException)
            {
                var path = Inputs.Pictures[place];
                Fail(new InputFault(path, $"{path}: there is not enough memory for this picture; shrink it first."));
            }
        }
    }

    private void Detect(int place, Task<Picture> reading, CancellationToken stop)
    {
        var path = Inputs.Pictures[place];
        var clock = Stopwatch.StartNew();
        var picture = reading.WaitAsync(stop).GetAwaiter().GetResult();
        var found = Detector.Detect(picture, path, stop);
        Face[] faces = [.. found.Faces.Where(face => face.Box.LongerSide >= MinFace)];
        OutputRefusedException.Tell(() =>
        {
            foreach (var drawn in FacePictures)
            {
                drawn.Write(place, picture, faces);
            }

            Output.Write(place, PictureFaces.Of(path, Inputs.Names[place], found, faces));
        });
        _pictures++;
        _faces += faces.Length;
        Display.Finished(path, found, faces.Length, clock.Elapsed);
    }

    private Picture Read(int place)
    {
        var path = Inputs.Pictures[place];
        if (path != InputList.StandardInput)
        {
            return PictureFile.Read(path);
        }

        using var stream = StandardInput();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return PictureFile.Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), "standard input");
    }

    private void Fail(InputFault fault)
    {
        _failures++;
        Display.Fault(fault.Message);
        try
        {
            OutputRefusedException.Tell(() => Output.Write(fault));
        }
        catch (OutputRefusedException refused)
        {
            Display.Fault(refused.Message);
            _outputRefused = true;
        }
    }
}
