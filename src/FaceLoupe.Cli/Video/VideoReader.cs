using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Video;

/// <summary>The frames of a video, decoded by ffmpeg and rotated upright.</summary>
internal sealed class VideoReader : IDisposable
{
    // Lengths in files are rounded, so the last frame may be missing.
    private const double LeastShare = 0.98;
    private const int FramesThatMayBeMissing = 3;

    private readonly string _path;
    private readonly VideoInfo _info;
    private readonly int _every;
    private readonly FfmpegProcess _ffmpeg;
    private readonly FrameClock? _clock;
    private long _read;
    private double _time;

    /// <summary>Starts decoding.</summary>
    /// <param name="tools">Where ffmpeg is.</param>
    /// <param name="path">The video.</param>
    /// <param name="info">Its properties.</param>
    /// <param name="every">1: each frame is read, 2: every other one, and so on, from the first.</param>
    public VideoReader(FfmpegTools tools, string path, VideoInfo info, int every = 1)
    {
        _every = every;
        _path = path;
        _info = info;
        _clock = info.Uneven is null ? null : new FrameClock();
        string[] talk = _clock is null ? ["-v", "repeat+error"] : FrameClock.Arguments;
        string[] timing = _clock is null ? ["-r", info.Rate.Every(every).ToString()] : ["-fps_mode", "passthrough"];
        _ffmpeg = new FfmpegProcess(tools.Ffmpeg,
        [
            .. talk, "-nostdin", "-i", FfmpegProcess.FileArgument(path),
            "-map", FormattableString.Invariant($"0:{info.Stream}"), "-vf", Filter(info, every),
            .. timing, "-pix_fmt", "rgb24", "-c:v", "ppm", "-f", "image2pipe", "pipe:1",
        ],
        hear: _clock is null ? null : _clock.Hear);
    }

    /// <summary>The frames in order, upright, with the seconds since the first; can be enumerated once.</summary>
    /// <exception cref="FaceLoupeException">The video is damaged or truncated.</exception>
    public IEnumerable<(Picture Picture, double Seconds)> Frames()
    {
        foreach (var picture in PpmStream.Read(_ffmpeg.Output))
        {
            // If a frame has no time, it follows the previous one by the mean interval.
            var even = _clock is null ? _read * _every / _info.Rate.Value
                : _read == 0 ? 0 : _time + (_every / _info.Rate.Value);
            _time = _clock?.Next() ?? even;
            _read++;
            yield return (picture, _time);
        }

        if (_ffmpeg.Wait() != 0 || _read == 0)
        {
            throw Damaged(_ffmpeg.LastComplaint ?? "no frame can be decoded");
        }

        // The frames before fill the hole, so that none is missing.
        if (_ffmpeg.DecodingFaults is var faults && faults > FramesThatMayBeMissing)
        {
            throw Damaged(FormattableString.Invariant($"{faults} frames cannot be decoded"));
        }

        if (_info is { Uneven: { } times, Seconds: { } seconds }
            && IsShort(times.Seconds[^1] - times.Seconds[0], seconds))
        {
            throw Damaged(FormattableString.Invariant(
                $"its frames end after {times.Seconds[^1] - times.Seconds[0]:0.##} of {seconds:0.##} s"));
        }

        if (_info.Frames is { } expected && _read * _every < (expected * LeastShare) - FramesThatMayBeMissing)
        {
            throw Damaged(FormattableString.Invariant(
                $"{_read} of about {expected / _every} {(_every == 1 ? "" : "selected ")}frames can be decoded"));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ffmpeg.Dispose();

    // The last frame may be as long as the longest of the others.
    private bool IsShort(double last, double length)
    {
        var times = _info.Uneven!.Seconds;
        var longest = times.Zip(times.Skip(1), (one, next) => next - one).Prepend(0).Max();
        return last + longest < (length * LeastShare) - (FramesThatMayBeMissing / _info.Rate.Value);
    }

    // A file with a constant rate may lack frames, so its times are used. Counted from the first frame, the times of an
    // even video differ from the grid by rounding only, and no frame is repeated or lost.
    private static string Filter(VideoInfo info, int every)
    {
        var timing = (info.Uneven is null ? $"setpts=PTS-STARTPTS,fps={info.Rate}" : FrameClock.Filter)
            + (every == 1 ? string.Empty : FormattableString.Invariant($",select=not(mod(n\\,{every}))"))
            + (info.Uneven is null ? string.Empty : $",{FrameClock.LoggingFilter}");
        return info.Matrix is null ? timing : $"{timing},scale=in_color_matrix={info.Matrix}";
    }

    private FaceLoupeException Damaged(string reason) =>
        new($"{_path}: the video is damaged or truncated: {reason}; get a complete copy.");
}
