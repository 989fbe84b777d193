using System.Globalization;
using FaceLoupe.Cli.Streams;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FaceLoupe.Cli.Terminal;

/// <summary>
/// Progress bars on a terminal: one for all inputs and one for the current video, each with the time left. Without a
/// terminal, nothing is drawn.
/// </summary>
/// <param name="console">The terminal, on standard error; null: there is none.</param>
/// <param name="error">Standard error, for lines where there is no terminal.</param>
internal sealed class ProgressBars(IAnsiConsole? console, TextWriter error)
{
    private ProgressContext? _context;
    private ProgressTask? _all;
    private ProgressTask? _video;
    private string? _path;

    /// <summary>Bars on standard error; none if it is not a terminal.</summary>
    /// <param name="error">Standard error.</param>
    /// <param name="quiet">Whether nothing is drawn.</param>
    public static ProgressBars On(TextWriter error, bool quiet) => new(
        quiet || ErrorWriter.Terminal(error) is not { } terminal
            ? null
            : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal) }),
        error);

    /// <summary>Draws during the work, which calls the other methods.</summary>
    /// <param name="what">What is done to the inputs.</param>
    /// <param name="inputs">Number of inputs.</param>
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

    /// <summary>An input is finished.</summary>
    /// <param name="found">The new description of the bar; null: unchanged.</param>
    public void Finish(string? found = null)
    {
        EndVideo();
        _all?.Increment(1);
        if (found is not null)
        {
            _all?.Description = found;
        }
    }

    /// <summary>Shows the progress of a video.</summary>
    /// <param name="path">The video.</param>
    /// <param name="done">Number of frames done.</param>
    /// <param name="frames">Estimated number of all frames; null: not known.</param>
    /// <param name="found">A description of what was found; null: none.</param>
    public void Show(string path, long done, long? frames = null, string? found = null)
    {
        if (_path != path)
        {
            EndVideo();
            _path = path;
            _video = _context?.AddTask(Name(path), maxValue: Math.Max(frames ?? 1, 1));
            _video?.IsIndeterminate = frames is null;
        }

        // The number of frames was an estimate.
        _video?.MaxValue = Math.Max(_video.MaxValue, done);
        _video?.Value = done;
        if (found is not null)
        {
            _video?.Description = $"{Name(path)}: {found}";
        }
    }

    /// <summary>Removes the bar of the video.</summary>
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

    /// <summary>Writes a line, above the bars if there are any.</summary>
    /// <param name="line">The line.</param>
    /// <param name="style">Its style on a terminal; null: plain.</param>
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

    // Spectre's own column shows a percentage, not the number of inputs.
    private sealed class CountColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(task.IsIndeterminate
                ? string.Create(CultureInfo.InvariantCulture, $"{task.Value:0}")
                : string.Create(CultureInfo.InvariantCulture, $"{task.Value:0}/{task.MaxValue:0}"));
    }
}
