using System.Globalization;
using FaceLoupe.Cli.Streams;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FaceLoupe.Cli.Detection.Displays;

/// <summary>
/// A bar with the time left, a second one for the frames of the video under way, and a table at the end: for people in
/// front of a terminal.
/// </summary>
/// <param name="console">The terminal, on standard error.</param>
internal sealed class TerminalDisplay(IAnsiConsole console) : IDetectDisplay
{
    private ProgressContext? _progress;
    private ProgressTask? _bar;
    private ProgressTask? _video;
    private int _faces;

    public void During(int inputs, Action work) => console.Progress()
        .AutoClear(true)
        .Columns(
            new TaskDescriptionColumn(),
            new ProgressBarColumn(),
            new CountColumn(),
            new RemainingTimeColumn { Style = Style.Plain })
        .Start(context =>
        {
            _progress = context;
            _bar = context.AddTask("Looking for faces", maxValue: inputs);
            work();
            EndVideo();
            _bar.StopTask();
        });

    public void Finished(string image, Detections found, int faces, TimeSpan took) => Finished(faces);

    public void VideoStarted(string video, long? frames)
    {
        EndVideo();
        _video = _progress?.AddTask(Shown(video), maxValue: Math.Max(frames ?? 1, 1));
        _video?.IsIndeterminate = frames is null;
    }

    public void FrameFinished(VideoTally video)
    {
        // How many frames there are was an estimate.
        var done = video.Frames + video.Skipped;
        _video?.MaxValue = Math.Max(_video.MaxValue, done);
        _video?.Value = done;
        _video?.Description = string.Create(
            CultureInfo.InvariantCulture, $"{Shown(video.Path)}: {video.Faces} faces");
    }

    public void VideoFinished(VideoTally video)
    {
        EndVideo();
        Finished(video.Faces);
    }

    public void Fault(string message)
    {
        EndVideo();
        _bar?.Increment(1);
        var line = PlainText.Line(message.ReplaceLineEndings(" "));
        console.Write(new Text($"faceloupe: {line}\n", new Style(Color.Red)));
    }

    public void Summary(RunSummary summary)
    {
        var culture = CultureInfo.InvariantCulture;
        var tally = summary.Tally;
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("").AddColumn(
            new TableColumn("").RightAligned());
        if (!summary.Videos || tally.Done.Pictures > 0)
        {
            table.AddRow("pictures", tally.Done.Pictures.ToString(culture));
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
            table.AddRow("passed over", tally.PassedOver.ToString(culture));
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

    private static string Shown(string path) => Markup.Escape(PlainText.Line(Path.GetFileName(path)));

    private void Finished(int faces)
    {
        _faces += faces;
        _bar?.Increment(1);
        _bar?.Description = string.Create(CultureInfo.InvariantCulture, $"{_faces} faces");
    }

    private void EndVideo()
    {
        if (_video is not null)
        {
            _progress?.RemoveTask(_video);
            _video = null;
        }
    }

    // Spectre's own column of percents says nothing about how many pictures there are.
    private sealed class CountColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(task.IsIndeterminate
                ? string.Create(CultureInfo.InvariantCulture, $"{task.Value:0}")
                : string.Create(CultureInfo.InvariantCulture, $"{task.Value:0}/{task.MaxValue:0}"));
    }
}
