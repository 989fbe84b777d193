using System.Globalization;

namespace FaceLoupe.Cli.Video;

/// <summary>When the frames of a video are shown, as its container tells, before anything is decoded.</summary>
/// <param name="Seconds">The times in rising order, in seconds; empty: the container does not tell all of them.</param>
internal sealed record FrameTimes(IReadOnlyList<double> Seconds)
{
    // Matroska rounds to thousandths, and so is the first time.
    private const double Rounding = 0.002;

    /// <summary>Asks ffprobe, which reads the file without decoding it.</summary>
    /// <param name="tools">Where ffprobe is.</param>
    /// <param name="path">The video.</param>
    /// <param name="stream">Number of the video stream among all streams.</param>
    public static FrameTimes Read(FfmpegTools tools, string path, int stream)
    {
        using var probe = new FfmpegProcess(tools.Ffprobe,
        [
            "-v", "error", "-select_streams", stream.ToString(CultureInfo.InvariantCulture),
            "-show_entries", "packet=pts_time,flags", "-of", "csv=p=0", FfmpegProcess.FileArgument(path),
        ]);
        using var text = new StreamReader(probe.Output);
        return Parse(text.ReadToEnd());
    }

    /// <summary>Reads lines such as <c>0.040000,K_</c>; a D among the flags marks what is never shown.</summary>
    internal static FrameTimes Parse(string lines)
    {
        var seconds = new List<double>();
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split(',');
            if (parts is [_, var flags, ..] && flags.Contains('D'))
            {
                continue;
            }

            if (!double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var time))
            {
                return new FrameTimes([]);
            }

            seconds.Add(time);
        }

        seconds.Sort();
        return new FrameTimes(seconds);
    }

    /// <summary>Whether each frame comes when a constant rate has it; times that are not known count as even.</summary>
    public bool AreEven(FrameRate rate)
    {
        for (var i = 0; i < Seconds.Count; i++)
        {
            if (Math.Abs(Seconds[i] - Seconds[0] - (i / rate.Value)) > Rounding)
            {
                return false;
            }
        }

        return true;
    }
}
