namespace FaceLoupe.Cli.Detection.Displays;

/// <summary>A line a picture and one at the end: for files, pipes and logs.</summary>
/// <param name="error">Standard error.</param>
/// <param name="quiet">Whether to leave out everything but faults.</param>
internal sealed class LineDisplay(TextWriter error, bool quiet) : IDetectDisplay
{
    public void During(int pictures, Action work) => work();

    public void Finished(string image, Detections found, int faces, TimeSpan took)
    {
        if (!quiet)
        {
            error.WriteLine(FormattableString.Invariant(
                $"{image}: {Count(faces, "face")} in {found.Width}x{found.Height} px, {took.TotalSeconds:0.00} s"));
        }
    }

    public void Fault(string message) => error.WriteLine($"faceloupe: {message.ReplaceLineEndings(" ")}");

    public void Summary(RunSummary summary)
    {
        // One picture has said all there is in its own line.
        if (quiet || (summary.Skipped == 0 && summary.Pictures + summary.Failures + summary.Remaining <= 1))
        {
            return;
        }

        var skipped = summary.Skipped > 0
            ? FormattableString.Invariant($"; {Count(summary.Skipped, "picture")} finished before") : string.Empty;
        var remaining = summary.Remaining > 0
            ? FormattableString.Invariant($"; stopped with {Count(summary.Remaining, "picture")} to go") : string.Empty;
        error.WriteLine(FormattableString.Invariant(
            $"{Count(summary.Faces, "face")} in {Count(summary.Pictures, "picture")}, ")
            + FormattableString.Invariant($"{summary.Elapsed.TotalSeconds:0.0} s, {summary.Pace:0.0} pictures/s; {Count(summary.Failures, "input")} failed")
            + skipped + remaining);
    }

    private static string Count(int number, string thing) =>
        FormattableString.Invariant($"{number} {thing}{(number == 1 ? string.Empty : "s")}");
}
