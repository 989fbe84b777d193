using static FaceLoupe.Programs.Numbers;

namespace FaceLoupe.Cli.Detection.Displays;

/// <summary>For files, pipes and logs: a line per image or video, and one at the end.</summary>
/// <param name="error">Standard error.</param>
/// <param name="quiet">Whether only faults are written.</param>
internal sealed class LineDisplay(TextWriter error, bool quiet) : IDetectDisplay
{
    public void During(int inputs, Action work) => work();

    public void Finished(string image, Detections found, int faces, TimeSpan took)
    {
        if (!quiet)
        {
            error.WriteLine(FormattableString.Invariant(
                $"{image}: {Count(faces, "face")} in {found.Width}x{found.Height} px, {took.TotalSeconds:0.00} s"));
        }
    }

    public void VideoFinished(VideoTally video)
    {
        if (!quiet)
        {
            error.WriteLine($"{video.Path}: {Count(video.Frames, "frame")}, {Count(video.Faces, "face")}, "
                + FormattableString.Invariant($"{video.Width}x{video.Height} px, {video.Elapsed.TotalSeconds:0.0} s")
                + (video.Skipped > 0 ? $"; {Count(video.Skipped, "frame")} finished before" : string.Empty));
        }
    }

    public void Fault(string message) => error.WriteLine($"faceloupe: {message.ReplaceLineEndings(" ")}");

    public void Summary(RunSummary summary)
    {
        if (quiet || summary.IsSaid)
        {
            return;
        }

        var tally = summary.Tally;
        var skipped = tally.Skipped.Count > 0
            ? $"; {summary.Words(tally.Skipped)} finished before" : string.Empty;
        var remaining = summary.Remaining > 0
            ? $"; stopped with {Count(summary.Remaining, summary.Videos ? "input" : "image")} to go" : string.Empty;
        error.WriteLine($"{Count(tally.Faces, "face")} in {summary.Words(tally.Done)}, "
            + FormattableString.Invariant($"{summary.Elapsed.TotalSeconds:0.0} s, {summary.Pace:0.0} ")
            + $"{summary.PaceUnit}/s; {Count(tally.Failures, "input")} failed" + summary.PassedOver + skipped
            + remaining);
    }
}
