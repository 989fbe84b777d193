using System.Globalization;

namespace FaceLoupe.Cli.Video;

/// <summary>Frames per second as a fraction, such as 30000/1001.</summary>
internal readonly record struct FrameRate(long Frames, long Seconds)
{
    /// <summary>The rate as a number, for estimates.</summary>
    public double Value => (double)Frames / Seconds;

    /// <summary>The rate of every n-th frame.</summary>
    public FrameRate Every(int n) => new(Frames, Seconds * n);

    /// <summary>Reads <c>25/1</c>; ffprobe writes <c>0/0</c> for an unknown rate.</summary>
    public static FrameRate? Parse(string? text)
    {
        var parts = (text ?? string.Empty).Split('/');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var frames)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && frames > 0 && seconds > 0
            ? new FrameRate(frames, seconds)
            : null;
    }

    /// <summary>The fraction as ffmpeg reads it.</summary>
    public override string ToString() => FormattableString.Invariant($"{Frames}/{Seconds}");
}
