using FaceLoupe.Cli.Annotation;
using FaceLoupe.Cli.Detection.Displays;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Video;
using FaceLoupe.Imaging;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Detection;

/// <summary>Finds the faces of videos, frame by frame.</summary>
/// <param name="Search">Searches each frame.</param>
/// <param name="Tools">ffmpeg, which is searched for at the first video.</param>
/// <param name="Every">1: each frame is searched, 2: every other one, and so on.</param>
/// <param name="ReadAhead">How many frames are decoded ahead.</param>
/// <param name="MarkedCopies">For each input, where its marked copy goes; null: no copies.</param>
/// <param name="Labels">Which faces of marked copies are labelled with their scores.</param>
/// <param name="Display">What is shown.</param>
internal sealed record VideoSearch(
    FaceSearch Search,
    Lazy<FfmpegTools> Tools,
    int Every,
    int ReadAhead,
    IReadOnlyList<CopyTarget>? MarkedCopies,
    ScoreLabels Labels,
    IDetectDisplay Display)
{
    /// <summary>
    /// Searches the frames of one video that are not finished yet; frames that an earlier run finished are only
    /// decoded. A marked video has all frames or does not appear: to make one, finished frames are searched again, but
    /// their results are not written again.
    /// </summary>
    /// <param name="input">The video's place among the inputs.</param>
    /// <param name="tally">Counts frames and faces.</param>
    /// <param name="stop">Stops within a frame.</param>
    /// <exception cref="FaceLoupeException">
    /// ffmpeg is missing, the video is damaged, or its marked copy cannot be written.
    /// </exception>
    public void Run(int input, DetectTally tally, CancellationToken stop)
    {
        var path = Search.Inputs.Paths[input];
        var info = VideoInfo.Read(ToolsFor(path), path);
        var target = MarkedCopies?[input].Path;

        // An existing copy is taken as complete if all frames are finished.
        var mayBeWhole = target is not null && File.Exists(target)
            && Search.Output.IsFinished(new PicturePlace(input, new FramePosition(0, 0)));
        if (!mayBeWhole || !IsFinished(input, info, tally, stop))
        {
            Run(input, info, target, tally, stop);
        }
    }

    // Counts the frames as finished by an earlier run, unless one is not.
    private bool IsFinished(int input, VideoInfo info, DetectTally tally, CancellationToken stop)
    {
        var video = new VideoTally(Search.Inputs.Paths[input]);
        Display.VideoStarted(video.Path, (info.Frames + Every - 1) / Every);
        try
        {
            foreach (var (place, picture) in Frames(input, info, stop))
            {
                if (!Search.Output.IsFinished(place))
                {
                    return false;
                }

                video.Skip(picture);
                Display.FrameFinished(video);
            }
        }
        catch (FaceLoupeException)
        {
            tally.Add(video);
            throw;
        }

        tally.Add(video);
        Display.VideoFinished(video);
        return true;
    }

    private void Run(int input, VideoInfo info, string? target, DetectTally tally, CancellationToken stop)
    {
        var video = new VideoTally(Search.Inputs.Paths[input]);
        using var copy = target is null
            ? null
            : new MarkedVideo(Tools.Value, target, info, Every, video.Path, Labels);
        Display.VideoStarted(video.Path, (info.Frames + Every - 1) / Every);
        try
        {
            foreach (var (place, picture) in Frames(input, info, stop))
            {
                Detect(place, picture, copy, video, stop);
                Display.FrameFinished(video);
            }

            copy?.Finish();
        }
        finally
        {
            // Results before a fault or a stop are kept.
            tally.Add(video);
        }

        Display.VideoFinished(video);
    }

    private void Detect(
        PicturePlace place, Picture picture, MarkedVideo? copy, VideoTally video, CancellationToken stop)
    {
        var finished = Search.Output.IsFinished(place);
        if (finished && copy is null)
        {
            video.Skip(picture);
            return;
        }

        var (found, faces) = Search.Detect(place, picture, stop);
        if (!finished)
        {
            Search.Write(place, picture, found, faces);
        }

        copy?.Write(picture, place.Frame?.Seconds ?? 0, faces);
        video.Add(picture, faces.Length);
    }

    private IEnumerable<(PicturePlace Place, Picture Picture)> Frames(
        int input, VideoInfo info, CancellationToken stop)
    {
        using var reader = new VideoReader(Tools.Value, Search.Inputs.Paths[input], info, Every);
        long number = 0;
        foreach (var (picture, seconds) in new FrameQueue(ReadAhead).Read(reader.Frames(), stop))
        {
            yield return (new PicturePlace(input, new FramePosition(number, seconds)), picture);
            number += Every;
        }
    }

    private FfmpegTools ToolsFor(string path)
    {
        try
        {
            return Tools.Value;
        }
        catch (FaceLoupeException fault)
        {
            throw new FaceLoupeException($"{path}: {fault.Message}", fault);
        }
    }
}
