using System.Diagnostics;
using FaceLoupe.Cli.Streams;

namespace FaceLoupe.Cli.Blurring;

/// <summary>One line on a terminal, drawn anew, with the time left; nothing at all where output is piped.</summary>
/// <param name="writer">Standard error, or what stands for it.</param>
/// <param name="live">Whether a person sees it.</param>
internal sealed class ProgressLine(TextWriter writer, bool live)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _sinceDrawn = new();
    private int _drawn;

    /// <summary>Draws how far something is, unless it was drawn just now.</summary>
    /// <param name="name">What is worked at.</param>
    /// <param name="done">How much of it is done.</param>
    /// <param name="total">How much there is; null: not known.</param>
    /// <param name="unit">What is counted, such as <c>frames</c>.</param>
    /// <param name="elapsed">Since when it is worked at.</param>
    public void Show(string name, long done, long? total, string unit, TimeSpan elapsed)
    {
        if (live && (!_sinceDrawn.IsRunning || _sinceDrawn.Elapsed >= Pause))
        {
            _sinceDrawn.Restart();
            Draw(Text(name, done, total, unit, elapsed));
        }
    }

    /// <summary>Takes the line away, before anything else is written.</summary>
    public void Clear()
    {
        if (_drawn > 0)
        {
            Draw(string.Empty);
            writer.Write('\r');
            _sinceDrawn.Reset();
        }
    }

    /// <summary>The line in words: <c>clip.mp4: 12 of 250 frames, 3.1 frames/s, 1:17 left</c>.</summary>
    internal static string Text(string name, long done, long? total, string unit, TimeSpan elapsed)
    {
        var text = FormattableString.Invariant(
            $"{PlainText.Line(name)}: {done}{(total is null ? "" : $" of {total}")} {unit}");
        if (done == 0 || elapsed <= TimeSpan.Zero)
        {
            return text;
        }

        text += FormattableString.Invariant($", {done / elapsed.TotalSeconds:0.0} {unit}/s");
        if (total is null || total < done)
        {
            return text;
        }

        var left = elapsed * ((double)(total.Value - done) / done);
        return text + FormattableString.Invariant(
            $", {(left.TotalHours >= 1 ? $"{(int)left.TotalHours}:{left:mm}" : $"{left:%m}")}:{left:ss} left");
    }

    private void Draw(string text)
    {
        writer.Write('\r' + text.PadRight(_drawn));
        _drawn = text.Length;
    }
}
