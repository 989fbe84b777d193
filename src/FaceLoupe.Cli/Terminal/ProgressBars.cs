using System.Globalization;
using FaceLoupe.Cli.Streams;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FaceLoupe.Cli.Terminal;

/// <summary>
/// What a person in front of a terminal sees of work under way: a bar for all inputs and one for the video that is
/// worked on, each with the time left. Where nobody watches, nothing is drawn.
/// </summary>
/// <param name="console">The terminal, on standard error; null: nobody watches.</param>
/// <param name="error">Standard error, for lines where there is no terminal.</param>
internal sealed class ProgressBars(IAnsiConsole? console, TextWriter error)
{
    private ProgressContext? _context;
    private ProgressTask? _all;
    private ProgressTask? _video;
    private string? _path;

    /// <summary>Bars on the terminal that standard error is; none if it is none.</summary>
    /// <param name="error">Standard error.</param>
    /// <param name="quiet">Whether to draw nothing.</param>
    public static ProgressBars On(TextWriter error, bool quiet) => new(
        quiet || ErrorWriter.Terminal(error) is not { } terminal
            ? null
            : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal) }),
        error);

    /// <summary>Draws while work goes on, which calls the other methods.</summary>
    /// <param name="what">What is done to the inputs.</param>
    /// <param name="inputs">How many there are.</param>
    /// <param name="work">The work.</param>
    public void During(string what, int inputs, Action work)
    {
        if (console is null)
        {
            work();
            return;
        }

        console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new CountColumn(),
                new RemainingTimeColumn { Style = Style.Plain })
            .Start(context =>
            {
                (_context, _all) = (context, context.AddTask(what, maxValue: inputs));
                work();
                EndVideo();
                _all.StopTask();
                _context = null;
            });
    }

    /// <summary>An input is done with.</summary>
    /// <param name="found">What the bar says from now on; null: what it said.</param>
    public void Finish(string? found = null)
    {
        EndVideo();
        _all?.Increment(1);
        if (found is not null)
        {
            _all?.Description = found;
        }
    }

    /// <summary>So many frames of a video are done.</summary>
    /// <param name="path">The video.</param>
    /// <param name="done">Frames that are done.</param>
    /// <param name="frames">How many there are, about; null: not known.</param>
    /// <param name="found">What was found in them; null: nothing to tell.</param>
    public void Show(string path, long done, long? frames = null, string? found = null)
    {
        if (_path != path)
        {
            EndVideo();
            _path = path;
            _video = _context?.AddTask(Name(path), maxValue: Math.Max(frames ?? 1, 1));
            _video?.IsIndeterminate = frames is null;
        }

        // How many frames there are was an estimate.
        _video?.MaxValue = Math.Max(_video.MaxValue, done);
        _video?.Value = done;
        if (found is not null)
        {
            _video?.Description = $"{Name(path)}: {found}";
        }
    }

    /// <summary>Takes the video's bar away.</summary>
    public void EndVideo()
    {
        if (_video is not null)
        {
            _context?.RemoveTask(_video);
        }

        (_video, _path) = (null, null);
    }

    /// <summary>Writes a fault or note, on one line that begins with the program's name.</summary>
    /// <param name="message">The message.</param>
    /// <param name="style">Its style on a terminal; null: plain.</param>
    public void Note(string message, Style? style = null) =>
        WriteLine($"faceloupe: {message.ReplaceLineEndings(" ")}", style);

    /// <summary>Writes a line, above the bars where there are some.</summary>
    /// <param name="line">The line.</param>
    /// <param name="style">How it looks on a terminal; null: plain.</param>
    public void WriteLine(string line, Style? style = null)
    {
        if (_context is null && style is null)
        {
            error.WriteLine(line);
        }
        else
        {
            console?.Write(new Text(PlainText.Line(line) + "\n", style));
        }
    }

    private static string Name(string path) => Markup.Escape(PlainText.Line(Path.GetFileName(path)));

    // Spectre's own column of percents says nothing about how many inputs there are.
    private sealed class CountColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(task.IsIndeterminate
                ? string.Create(CultureInfo.InvariantCulture, $"{task.Value:0}")
                : string.Create(CultureInfo.InvariantCulture, $"{task.Value:0}/{task.MaxValue:0}"));
    }
}
