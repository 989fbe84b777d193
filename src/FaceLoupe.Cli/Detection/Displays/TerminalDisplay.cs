using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FaceLoupe.Cli.Detection.Displays;

/// <summary>A bar with the time left, and a table at the end: for people in front of a terminal.</summary>
/// <param name="console">The terminal, on standard error.</param>
internal sealed class TerminalDisplay(IAnsiConsole console) : IDetectDisplay
{
    private ProgressTask? _bar;
    private int _faces;

    public void During(int pictures, Action work) => console.Progress()
        .AutoClear(true)
        .Columns(
            new TaskDescriptionColumn(),
            new ProgressBarColumn(),
            new CountColumn(),
            new RemainingTimeColumn { Style = Style.Plain })
        .Start(context =>
        {
            _bar = context.AddTask("Looking for faces", maxValue: pictures);
            work();
            _bar.StopTask();
        });

    public void Finished(string image, Detections found, int faces, TimeSpan took)
    {
        _faces += faces;
        _bar?.Increment(1);
        _bar?.Description = string.Create(CultureInfo.InvariantCulture, $"{_faces} faces");
    }

    public void Fault(string message)
    {
        _bar?.Increment(1);
        console.Write(new Text($"faceloupe: {message.ReplaceLineEndings(" ")}\n", new Style(Color.Red)));
    }

    public void Summary(RunSummary summary)
    {
        var culture = CultureInfo.InvariantCulture;
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("").AddColumn(
            new TableColumn("").RightAligned());
        table.AddRow("pictures", summary.Pictures.ToString(culture));
        table.AddRow("faces", summary.Faces.ToString(culture));
        table.AddRow("failures", summary.Failures > 0
            ? $"[red]{summary.Failures.ToString(culture)}[/]" : "0");
        if (summary.Skipped > 0)
        {
            table.AddRow("finished before", summary.Skipped.ToString(culture));
        }

        if (summary.Remaining > 0)
        {
            table.AddRow("still to do", $"[yellow]{summary.Remaining.ToString(culture)}[/]");
        }

        table.AddRow("time", summary.Elapsed.TotalSeconds.ToString("0.0 's'", culture));
        table.AddRow("pictures a second", summary.Pace.ToString("0.00", culture));
        console.Write(table);
    }

    // Spectre's own column of percents says nothing about how many pictures there are.
    private sealed class CountColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(string.Create(CultureInfo.InvariantCulture, $"{task.Value:0}/{task.MaxValue:0}"));
    }
}
