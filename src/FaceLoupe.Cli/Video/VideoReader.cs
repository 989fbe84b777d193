using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Video;

/// <summary>The frames of a video, upright, as ffmpeg decodes them.</summary>
internal sealed class VideoReader : IDisposable
{
    // Lengths are rounded in files, and a last frame may go with the rounding.
    private const double LeastShare = 0.98;
    private const int FramesThatMayLack = 3;

    private readonly string _path;
    private readonly VideoInfo _info;
    private readonly int _every;
    private readonly FfmpegProcess _ffmpeg;
    private long _read;

    /// <summary>Begins to decode.</summary>
    /// <param name="tools">Where ffmpeg is.</param>
    /// <param name="path">The video.</param>
    /// <param name="info">What is known of it.</param>
    /// <param name="every">1: each frame is given, 2: every other one, and so on; the first always.</param>
    public VideoReader(FfmpegTools tools, string path, VideoInfo info, int every = 1)
    {
        _every = every;
        _path = path;
        _info = info;
        _ffmpeg = new FfmpegProcess(tools.Ffmpeg,
        [
            "-v", "error", "-nostdin", "-i", FfmpegProcess.FileArgument(path),
            "-map", FormattableString.Invariant($"0:{info.Stream}"), "-vf", Filter(info, every),
            "-r", info.Rate.Every(every).ToString(),
            "-pix_fmt", "rgb24", "-c:v", "ppm", "-f", "image2pipe", "pipe:1",
        ]);
    }

    /// <summary>The frames in order; can be walked through once.</summary>
    /// <exception cref="FaceLoupeException">The video is damaged or cut short.</exception>
    public IEnumerable<Picture> Frames()
    {
        foreach (var picture in PpmStream.Read(_ffmpeg.Output))
        {
            _read++;
            yield return picture;
        }

        if (_ffmpeg.Wait() != 0 || _read == 0)
        {
            throw Damaged(_ffmpeg.LastComplaint ?? "no frame can be decoded");
        }

        if (_info.Frames is { } expected && _read * _every < (expected * LeastShare) - FramesThatMayLack)
        {
            throw Damaged(FormattableString.Invariant(
                $"{_read} of about {expected / _every} {(_every == 1 ? "" : "wanted ")}frames can be decoded"));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ffmpeg.Dispose();

    // A file may call its rate constant and yet leave frames out, so its clock counts. Counted from the first frame,
    // the times of an even video lie within a rounding of the grid, and none is repeated or lost.
    private static string Filter(VideoInfo info, int every)
    {
        var timing = $"setpts=PTS-STARTPTS,fps={info.Rate}"
            + (every == 1 ? string.Empty : FormattableString.Invariant($",select=not(mod(n\\,{every}))"));
        return info.Matrix is null ? timing : $"{timing},scale=in_color_matrix={info.Matrix}";
    }

    private FaceLoupeException Damaged(string reason) =>
        new($"{_path}: the video is damaged or cut short: {reason}; get a whole copy.");
}
