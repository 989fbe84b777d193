using System.Globalization;
using System.Text.Json;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Video;

/// <summary>Properties of a video that are needed before its frames are read.</summary>
/// <param name="Stream">Number of the video stream among all streams.</param>
/// <param name="Rate">Frames per second; an estimate if the rate varies, where each frame has its own time.</param>
/// <param name="Delay">How much later than the file the video starts, in seconds.</param>
/// <param name="Seconds">Length of the video stream; null: not known.</param>
/// <param name="PixelAspect">Width over height of a pixel of the upright frames: <c>4:3</c>; null: square.</param>
/// <param name="Matrix">
/// Matrix of the colours if the file does not state it and ffmpeg would assume the wrong one; null: the file states it.
/// </param>
internal sealed record VideoInfo(
    int Stream, FrameRate Rate, double Delay, double? Seconds, string? PixelAspect, string? Matrix)
{
    private const double HighestRate = 120;
    private const double FieldsPerFrame = 2;

    // For interlaced video ffprobe may report the rate of fields, of which there are two per frame.
    private const double HighestOverMean = 1.9;

    /// <summary>
    /// The times of the frames, or of their fields, if the rate varies; null: the rate is constant.
    /// </summary>
    public FrameTimes? Uneven { get; init; }

    /// <summary>Expected number of frames; null: not known.</summary>
    public long? Frames => Uneven is { } times ? (long)(times.Seconds.Count / (IsInterlaced ? FieldsPerFrame : 1))
        : Seconds is { } seconds ? (long)Math.Round(seconds * Rate.Value) : null;

    /// <summary>Whether a frame may have two fields, each with a time.</summary>
    public bool IsInterlaced { get; init; }

    /// <summary>Reads the properties with ffprobe.</summary>
    /// <exception cref="FaceLoupeException">The file is missing, empty, damaged, or has no video stream.</exception>
    public static VideoInfo Read(FfmpegTools tools, string path)
    {
        RegularFile.Check(path, "a video");
        using var probe = new FfmpegProcess(tools.Ffprobe,
        [
            "-v", "error", "-print_format", "json", "-show_streams", "-show_format", FfmpegProcess.FileArgument(path),
        ]);
        using var text = new StreamReader(probe.Output);
        var json = text.ReadToEnd();
        if (probe.Wait() != 0)
        {
            var reason = probe.LastComplaint ?? "ffprobe gives no reason";
            throw new FaceLoupeException($"{path}: not a video that ffmpeg can read, or damaged: {reason}");
        }

        var info = Parse(json, path);
        var times = FrameTimes.Read(tools, path, info.Stream);
        return times.AreEven(info.Rate) ? info : info with { Uneven = times };
    }

    /// <summary>Reads the output of ffprobe.</summary>
    /// <exception cref="FaceLoupeException">There is no video stream, or it has no frame rate.</exception>
    internal static VideoInfo Parse(string json, string path)
    {
        var root = JsonElement.Parse(json);
        var format = root.TryGetProperty("format", out var found) ? found : default;
        var streams = root.TryGetProperty("streams", out var list) ? list.EnumerateArray().ToArray() : [];

        // For ffmpeg, the cover of a song is a video stream.
        var video = streams.FirstOrDefault(stream => Text(stream, "codec_type") == "video"
            && !(stream.TryGetProperty("disposition", out var use) && Number(use, "attached_pic") == 1));
        if (video.ValueKind == JsonValueKind.Undefined)
        {
            throw new FaceLoupeException($"{path}: has no video stream; expected a video.");
        }

        var real = FrameRate.Parse(Text(video, "r_frame_rate"));
        var mean = FrameRate.Parse(Text(video, "avg_frame_rate"));
        var rate = mean is { } average && !(real?.Value <= Math.Min(HighestRate, HighestOverMean * average.Value))
            ? mean
            : real;
        var delay = Math.Max(0, (Number(video, "start_time") ?? 0) - (Number(format, "start_time") ?? 0));

        // Durations of Matroska and the container are counted from the start of the file.
        var end = TaggedDuration(video) ?? (streams.Length == 1 ? Number(format, "duration") : null);
        return new VideoInfo(
            (int)(Number(video, "index") ?? 0),
            rate ?? throw new FaceLoupeException($"{path}: the video has no frame rate; convert it to MP4 first."),
            delay,
            Number(video, "duration") ?? (end - delay),
            PixelAspectOf(video),
            IsUnknown(Text(video, "color_space")) ? (Number(video, "height") >= 720 ? "bt709" : "bt601") : null)
        {
            IsInterlaced = Text(video, "field_order") is "tt" or "bb" or "tb" or "bt",
        };
    }

    private static string? PixelAspectOf(JsonElement video)
    {
        var parts = (Text(video, "sample_aspect_ratio") ?? string.Empty).Split(':');
        if (parts.Length != 2 || parts.Contains("0") || parts[0] == parts[1])
        {
            return null;
        }

        var turned = Math.Abs(Rotation(video)) % 180 == 90;
        return turned ? $"{parts[1]}:{parts[0]}" : $"{parts[0]}:{parts[1]}";
    }

    private static double Rotation(JsonElement video)
    {
        var sides = video.TryGetProperty("side_data_list", out var list) ? list.EnumerateArray().ToArray() : [];
        return sides.Select(side => Number(side, "rotation")).FirstOrDefault(rotation => rotation is not null)
            ?? (video.TryGetProperty("tags", out var tags) ? Number(tags, "rotate") : null) ?? 0;
    }

    // Matroska: "00:01:02.500000000".
    private static double? TaggedDuration(JsonElement video) =>
        video.TryGetProperty("tags", out var tags) && Text(tags, "DURATION") is { Length: > 9 } text
        && TimeSpan.TryParse(text.Split('.')[0], CultureInfo.InvariantCulture, out var whole)
        && double.TryParse("0." + text.Split('.')[^1], CultureInfo.InvariantCulture, out var rest)
            ? whole.TotalSeconds + rest
            : null;

    private static bool IsUnknown(string? colorSpace) => colorSpace is null or "unknown" or "reserved";

    private static string? Text(JsonElement element, string key) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out var value)
            ? value.ToString()
            : null;

    private static double? Number(JsonElement element, string key) =>
        double.TryParse(Text(element, key), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
