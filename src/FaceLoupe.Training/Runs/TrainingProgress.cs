using System.Collections.ObjectModel;
using System.Globalization;
using System.Text;

namespace FaceLoupe.Training.Runs;

/// <summary>
/// Shows the progress of a stage: one line redrawn in place on a terminal, or a line every half minute in a file. Loss
/// parts and speed are smoothed; metrics.jsonl has the raw numbers.
/// </summary>
internal sealed class TrainingProgress : IDisposable
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);
    private readonly string stage;
    private readonly long totalSteps;
    private readonly TextWriter output;
    private readonly bool interactive;
    private readonly TimeSpan interval;
    private readonly TimeProvider clock;
    private readonly TimeSpan? time;
    private readonly long started;
    private readonly SmoothedSpeed speed;
    private readonly Dictionary<string, double> losses = [];
    private long lastShown;
    private int lastLength;
    private bool shown;

    /// <summary>Prepares the display; nothing is shown before the first report.</summary>
    /// <param name="stage">The first word of each line.</param>
    /// <param name="totalSteps">The step at which the run ends.</param>
    /// <param name="startStep">Steps of earlier runs, which do not count for the speed.</param>
    /// <param name="output">Standard error by default, which leaves standard output to results.</param>
    /// <param name="interactive">Null: whether standard error is a terminal.</param>
    /// <param name="secondsBetweenLines">Between plain lines; 30 by default.</param>
    /// <param name="clock">The system's by default.</param>
    /// <param name="time">Duration of the run, if it ends by time instead of steps.</param>
    public TrainingProgress(
        string stage, long totalSteps, long startStep = 0, TextWriter? output = null, bool? interactive = null,
        double secondsBetweenLines = 30, TimeProvider? clock = null, TimeSpan? time = null)
    {
        this.stage = stage;
        this.totalSteps = totalSteps;
        this.time = time;
        this.output = output ?? Console.Error;
        this.interactive = interactive ?? !Console.IsErrorRedirected;
        this.clock = clock ?? TimeProvider.System;
        interval = this.interactive ? Redraw : TimeSpan.FromSeconds(secondsBetweenLines);
        speed = new SmoothedSpeed(this.clock, startStep);
        lastShown = started = this.clock.GetTimestamp();
    }

    /// <summary>Share of a new value in what is shown, above 0 and up to 1 (as it is). Default 0.1.</summary>
    public double Smoothing { get; init; } = 0.1;

    /// <summary>Reports a finished step.</summary>
    /// <param name="step">Steps done, this one included.</param>
    /// <param name="losses">The loss parts by name, in order; null: none.</param>
    /// <param name="samples">Samples in the step.</param>
    public void Report(long step, IReadOnlyDictionary<string, double>? losses = null, int samples = 1)
    {
        speed.Add(step, samples);
        foreach (var (name, value) in losses ?? ReadOnlyDictionary<string, double>.Empty)
        {
            // NaN shows at once, and a finite value replaces it.
            var mean = this.losses.GetValueOrDefault(name, double.NaN);
            this.losses[name] = double.IsFinite(mean) && double.IsFinite(value)
                ? mean + (Smoothing * (value - mean)) : value;
        }

        if (!shown || IsOver(step) || clock.GetElapsedTime(lastShown) >= interval)
        {
            Show(step);
        }
    }

    /// <summary>Writes a separate line (a checkpoint, a validation).</summary>
    public void Note(string line)
    {
        Clear();
        output.WriteLine(line);
    }

    /// <summary>Keeps the last state on its own line.</summary>
    public void Dispose()
    {
        if (interactive && lastLength > 0)
        {
            output.WriteLine();
            lastLength = 0;
        }

        output.Flush();
    }

    private TimeSpan Spent => clock.GetElapsedTime(started);

    private bool IsOver(long step) => time is { } given ? Spent >= given : step >= totalSteps;

    private void Show(long step)
    {
        shown = true;
        lastShown = clock.GetTimestamp();
        var line = Line(step);
        if (!interactive)
        {
            output.WriteLine(line);
        }
        else
        {
            line = line[..Math.Min(line.Length, TerminalWidth() - 1)];
            output.Write("\r" + line.PadRight(lastLength));
            lastLength = line.Length;
        }

        output.Flush();
    }

    private string Line(long step)
    {
        var invariant = CultureInfo.InvariantCulture;
        var part = time is { } given
            ? Math.Min(Spent / given, 1) : totalSteps > 0 ? Math.Clamp((double)step / totalSteps, 0, 1) : 1;
        var text = new StringBuilder(stage).Append(' ');
        if (interactive)
        {
            var filled = (int)Math.Round(part * 20);
            text.Append('[').Append('#', filled).Append('.', 20 - filled).Append("] ");
        }

        text.Append(invariant, $"{step}{(time is null ? $"/{totalSteps}" : null)} {Math.Floor(100 * part):0}%");
        foreach (var (name, value) in losses)
        {
            text.Append(invariant, $"  {name} {value:G4}");
        }

        if (speed.SamplesPerSecond is { } samples)
        {
            text.Append(invariant, $"  {samples:0.0} samples/s");
        }

        if (speed.SecondsPerStep is { } seconds && !IsOver(step))
        {
            var left = time - Spent ?? TimeSpan.FromSeconds(Math.Min(seconds * (totalSteps - step), 1e9));
            text.Append(invariant, $"  left {(long)left.TotalHours}:{left.Minutes:00}:{left.Seconds:00}");
        }

        return text.ToString();
    }

    private void Clear()
    {
        if (interactive && lastLength > 0)
        {
            output.Write("\r" + new string(' ', lastLength) + "\r");
            lastLength = 0;
        }
    }

    private static int TerminalWidth()
    {
        try
        {
            return Console.BufferWidth > 20 ? Console.BufferWidth : 120;
        }
        catch (Exception fault) when (fault is IOException or PlatformNotSupportedException)
        {
            return 120;
        }
    }
}
