using System.Globalization;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Programs;
using Spectre.Console;

namespace FaceLoupe.Cli.Detection.Displays;

/// <summary>
/// For people at a terminal: a progress bar with the time left, a second one for the frames of the current video, and
/// a table at the end.
/// </summary>
/// <param name="console">The terminal, on standard error.</param>
internal sealed class TerminalDisplay(IAnsiConsole console) : IDetectDisplay
{
    private readonly ProgressBars _bars = new(console, TextWriter.Null);
    private int _faces;

    public void During(int inputs, Action work) => _bars.During("Finding faces", inputs, work);

    public void Finished(string image, Detections found, int faces, TimeSpan took) => Finished(faces);

    public void VideoStarted(string video, long? frames) => _bars.Show(video, 0, frames);

    public void FrameFinished(VideoTally video) => _bars.Show(
        video.Path, video.Frames + video.Skipped, found: Numbers.Count(video.Faces, "face"));

    public void VideoFinished(VideoTally video) => Finished(video.Faces);

    public void Fault(string message)
    {
        _bars.Finish();
        _bars.Note(message, new Style(Color.Red));
    }

    public void Summary(RunSummary summary)
    {
        var culture = CultureInfo.InvariantCulture;
        var tally = summary.Tally;
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("").AddColumn(
            new TableColumn("").RightAligned());
        if (!summary.Videos || tally.Done.Pictures > 0)
        {
            table.AddRow("images", tally.Done.Pictures.ToString(culture));
        }

        if (summary.Videos)
        {
            table.AddRow("frames", tally.Done.Frames.ToString(culture));
        }

        table.AddRow("faces", tally.Faces.ToString(culture));
        table.AddRow("failures", tally.Failures > 0
            ? $"[red]{tally.Failures.ToString(culture)}[/]" : "0");
        if (tally.PassedOver > 0)
        {
            table.AddRow("skipped", tally.PassedOver.ToString(culture));
        }

        if (tally.Skipped.Count > 0)
        {
            table.AddRow("finished before", tally.Skipped.Count.ToString(culture));
        }

        if (summary.Remaining > 0)
        {
            table.AddRow("still to do", $"[yellow]{summary.Remaining.ToString(culture)}[/]");
        }

        table.AddRow("time", summary.Elapsed.TotalSeconds.ToString("0.0 's'", culture));
        table.AddRow($"{summary.PaceUnit} per second", summary.Pace.ToString("0.00", culture));
        console.Write(table);
    }

    private void Finished(int faces)
    {
        _faces += faces;
        _bars.Finish(Numbers.Count(_faces, "face"));
    }
}
