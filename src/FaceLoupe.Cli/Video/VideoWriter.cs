using System.Globalization;
using FaceLoupe.Imaging;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Video;

/// <summary>
/// Encodes frames into a video, and copies the sound of another file. The video has a temporary name until it is
/// complete.
/// </summary>
internal sealed class VideoWriter : IDisposable
{
    // Each frame at its own time; by default the encoder counts in frames.
    private static readonly string[] s_uneven = ["-fps_mode", "passthrough", "-enc_time_base", "1/90000"];

    // ffmpeg computes the length of MP4 in decoding order. With reordered frames and a variable rate it is too short,
    // and players then skip the last frames.
    private static readonly string[] s_unevenH264 = ["-bf", "0"];

    private readonly string _target;
    private readonly string _temporary;
    private readonly (int Width, int Height) _size;
    private readonly bool _sounds;
    private readonly FfmpegProcess _ffmpeg;
    private readonly RawMatroska? _timed;

    /// <summary>Whether an existing file is replaced at the end. Default true.</summary>
    public bool Replaces { get; init; } = true;

    /// <summary>Starts encoding; missing folders are created.</summary>
    /// <param name="tools">Where ffmpeg is.</param>
    /// <param name="path">The video to write; see <see cref="Extensions"/>.</param>
    /// <param name="info">Frame rate, delay and pixel aspect ratio.</param>
    /// <param name="width">Width of the frames, in pixels.</param>
    /// <param name="height">Height of the frames, in pixels.</param>
    /// <param name="sound">The file whose sound is copied; null: silent.</param>
    /// <exception cref="FaceLoupeException">The place cannot be written.</exception>
    public VideoWriter(FfmpegTools tools, string path, VideoInfo info, int width, int height, string? sound)
    {
        _target = Path.GetFullPath(path);
        (_size, _sounds) = ((width, height), sound is not null);
        var extension = Path.GetExtension(path);
        _temporary = AtomicFile.TemporaryFor(_target, extension);
        CheckPlace(path, _temporary);
        string[] input = sound is null ? [] : ["-i", FfmpegProcess.FileArgument(sound)];
        string[] maps = sound is null ? [] : ["-map", "1:a?", "-c:a", "copy"];
        var uneven = info.Uneven is not null;
        string[] feed = uneven ? ["-f", "matroska"] :
        [
            "-f", "rawvideo", "-pixel_format", "rgb24",
            "-video_size", FormattableString.Invariant($"{width}x{height}"), "-framerate", info.Rate.ToString(),
        ];
        string[] arguments =
        [
            "-v", "error", "-nostdin", "-itsoffset", info.Delay.ToString("0.######", CultureInfo.InvariantCulture),
            .. feed, "-i", "pipe:0", .. input, "-map", "0:v", .. maps, .. Encoding(extension),
            .. uneven ? s_uneven : [], .. uneven && !IsWebm(extension) ? s_unevenH264 : [],
            "-vf", Filter(info, width, height),
            "-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",

            // Tags of the original (place, time, device, names) are not copied.
            "-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1", "-sn", "-dn",
            FfmpegProcess.FileArgument(_temporary),
        ];
        _ffmpeg = new FfmpegProcess(tools.Ffmpeg, arguments, feed: true);
        _timed = uneven ? Begin(width, height) : null;
    }

    /// <summary>
    /// Checks that a video can be written to a path, before hours of work; missing folders are created.
    /// </summary>
    /// <exception cref="FaceLoupeException">It cannot.</exception>
    public static void CheckPlace(string path) =>
        CheckPlace(path, AtomicFile.TemporaryFor(Path.GetFullPath(path), Path.GetExtension(path)));

    /// <summary>Extensions that are written, lower case and with the dot.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".mp4", ".m4v", ".mov", ".mkv", ".webm"];

    /// <summary>Encodes one frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="seconds">Its time since the first; used if the rate varies.</param>
    /// <exception cref="FaceLoupeException">ffmpeg failed, or the frame has another size than the others.</exception>
    public void Write(Picture frame, double seconds)
    {
        if ((frame.Width, frame.Height) != _size)
        {
            throw new FaceLoupeException($"{_target}: the frames change from "
                + FormattableString.Invariant($"{_size.Width}x{_size.Height} to {frame.Width}x{frame.Height} px ")
                + "within the video; scale them to one size first.");
        }

        try
        {
            if (_timed is null)
            {
                _ffmpeg.Input.Write(frame.Pixels);
            }
            else
            {
                _timed.Write(frame, seconds);
            }
        }
        catch (IOException fault)
        {
            _ffmpeg.Wait();
            throw Failed(fault);
        }
    }

    /// <summary>Ends the video and gives it its name.</summary>
    /// <exception cref="FaceLoupeException">ffmpeg or the file system failed.</exception>
    public void Finish()
    {
        try
        {
            _ffmpeg.Input.Close();

            // On a full disk ffmpeg reports an error for the end of the file, but exit code 0.
            if (_ffmpeg.Wait() != 0 || _ffmpeg.ComplainedOf(Path.GetFileName(_temporary)))
            {
                throw Failed(null);
            }

            AtomicFile.Name(_temporary, _target, Replaces);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Failed(fault);
        }
    }

    /// <summary>Kills ffmpeg if it still runs, and removes an incomplete video.</summary>
    public void Dispose()
    {
        _ffmpeg.Dispose();
        try
        {
            File.Delete(_temporary);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The fault that matters has already been thrown.
        }
    }

    private static void CheckPlace(string path, string temporary)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(temporary) ?? ".");

            // The message of the file system is clearer than that of ffmpeg.
            File.Create(temporary).Dispose();
            File.Delete(temporary);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Refused(path, fault);
        }
    }

    private RawMatroska Begin(int width, int height)
    {
        try
        {
            return new RawMatroska(_ffmpeg.Input, width, height);
        }
        catch (IOException fault)
        {
            _ffmpeg.Wait();
            var failed = Failed(fault);
            Dispose();
            throw failed;
        }
    }

    private static bool IsWebm(string extension) => extension.Equals(".webm", StringComparison.OrdinalIgnoreCase);

    private static string[] Encoding(string extension) => extension.ToUpperInvariant() switch
    {
        ".WEBM" => ["-c:v", "libvpx-vp9", "-crf", "24", "-b:v", "0", "-row-mt", "1"],
        ".MKV" => ["-c:v", "libx264", "-crf", "18"],
        _ => ["-c:v", "libx264", "-crf", "18", "-movflags", "+faststart"],
    };

    // Chroma of half the size needs even sides; other frames keep full chroma.
    private static string Filter(VideoInfo info, int width, int height)
    {
        var pixels = width % 2 == 0 && height % 2 == 0 ? "yuv420p" : "yuv444p";
        var aspect = info.PixelAspect is { } ratio ? $",setsar={ratio.Replace(':', '/')}" : string.Empty;
        return $"scale=out_color_matrix=bt709:out_range=tv,format={pixels}{aspect}";
    }

    private FaceLoupeException Failed(Exception? fault)
    {
        if (_ffmpeg.ComplainedOf("No space left on device"))
        {
            return AtomicFile.NoRoom(_target, fault);
        }

        var reason = _ffmpeg.LastComplaint ?? fault?.Message.ReplaceLineEndings(" ") ?? "ffmpeg gives no reason";
        var advice = _sounds
            ? " (the sound is copied; if the container does not support it, choose a name in .mkv)"
            : string.Empty;
        var message = $"{_target}: the video cannot be written: {reason}{advice}";
        return fault is null ? new FaceLoupeException(message) : new FaceLoupeException(message, fault);
    }
}
