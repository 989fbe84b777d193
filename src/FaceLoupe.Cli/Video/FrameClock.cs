using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FaceLoupe.Cli.Video;

/// <summary>
/// Reads the time of each frame from ffmpeg's filter <c>showinfo</c>, which writes it to standard error; the frame
/// itself is written to standard output.
/// </summary>
internal sealed partial class FrameClock : IDisposable
{
    /// <summary>Filters after which each frame is reported with its time since the first, in millionths.</summary>
    public const string Filter = "settb=AVTB,setpts=PTS-STARTPTS";

    /// <summary>The filter that reports times, after those that select frames.</summary>
    public const string LoggingFilter = "showinfo=checksum=0";

    private readonly BlockingCollection<double?> _reported = [];

    /// <summary>Arguments that make ffmpeg report times, with the level before each line.</summary>
    public static string[] Arguments => ["-v", "repeat+level+info", "-hide_banner", "-nostats"];

    /// <summary>Takes a line of ffmpeg.</summary>
    /// <param name="line">The line; null: there are no more.</param>
    /// <returns>The error message in it; null: there is none.</returns>
    public string? Hear(string? line)
    {
        if (line is null)
        {
            _reported.CompleteAdding();
            return null;
        }

        var time = Time().Match(line);
        if (time.Success)
        {
            _reported.Add(long.TryParse(
                time.Groups[1].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var micros)
                ? micros / 1e6
                : null);
        }

        return Complaint().IsMatch(line) ? Complaint().Replace(line, string.Empty) : null;
    }

    /// <summary>Waits for the time of the next frame; null: ffmpeg does not know it.</summary>
    public double? Next() => _reported.TryTake(out var seconds, Timeout.Infinite) ? seconds : null;

    /// <inheritdoc/>
    public void Dispose() => _reported.Dispose();

    [GeneratedRegex(@"\[info\] n: *\d+ pts: *(-?\d+|NOPTS) ")]
    private static partial Regex Time();

    [GeneratedRegex(@"\[(error|fatal|panic)\] ")]
    private static partial Regex Complaint();
}
