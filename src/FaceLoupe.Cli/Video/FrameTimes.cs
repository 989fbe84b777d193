using System.Globalization;

namespace FaceLoupe.Cli.Video;

/// <summary>The times of the frames of a video according to its container, known before decoding.</summary>
/// <param name="Seconds">
/// The times in ascending order, in seconds; empty: the container does not have all of them.
/// </param>
internal sealed record FrameTimes(IReadOnlyList<double> Seconds)
{
    // Matroska rounds all times to thousandths.
    private const double Rounding = 0.002;

    /// <summary>Reads them with ffprobe, without decoding.</summary>
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

    /// <summary>Reads lines such as <c>0.040000,K_</c>; a D among the flags marks frames that are not shown.</summary>
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

    /// <summary>Whether the frames have a constant rate; unknown times count as even.</summary>
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
