using System.Globalization;
using System.Text.Json;
using FaceLoupe.Cli.Video;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests.Video;

public sealed class UnevenVideoTests : IDisposable
{
    // 30 frames a second for half a second, then 4.
    private static readonly double[] s_times =
        [.. Enumerable.Range(0, 15).Select(i => i / 30d), .. Enumerable.Range(0, 6).Select(i => 0.5 + (i / 4d))];

    // First, so that a skipped test leaves no folder behind.
    private readonly FfmpegTools _tools = VideoTools.OrSkip();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-uneven-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("clip.mkv")]
    [InlineData("clip.mp4")]
    public void each_frame_of_the_file_is_given_once_with_its_time(string name)
    {
        var clip = Clip(name);
        var info = VideoInfo.Read(_tools, clip);

        using var reader = new VideoReader(_tools, clip, info);
        var frames = reader.Frames().ToArray();

        info.Frames.ShouldBe(s_times.Length);
        ShouldBeNear(frames.Select(frame => frame.Seconds), s_times);
        frames.Select(frame => Shade(frame.Picture)).ShouldBe(Enumerable.Range(0, s_times.Length));
    }

    [Fact]
    public void each_n_th_frame_is_given_with_its_time()
    {
        var clip = Clip("clip.mkv");
        using var reader = new VideoReader(_tools, clip, VideoInfo.Read(_tools, clip), every: 4);

        var frames = reader.Frames().ToArray();

        frames.Select(frame => Shade(frame.Picture)).ShouldBe([0, 4, 8, 12, 16, 20]);
        ShouldBeNear(frames.Select(frame => frame.Seconds), [.. s_times.Where((_, i) => i % 4 == 0)]);
    }

    [Fact]
    public void detections_tell_each_frame_of_an_uneven_video_once_and_its_own_time()
    {
        var call = CliCall.Run(
            "detect", Clip("clip.mkv"), "--annotate", PathOf("marked.mp4"), "--model", TinyModel.Folder);

        call.ExitCode.ShouldBe(0, call.Error);
        var images = call.Json.GetProperty("images").EnumerateArray().ToArray();
        images.Select(image => image.GetProperty("frame").GetInt32()).ShouldBe(Enumerable.Range(0, s_times.Length));
        ShouldBeNear(images.Select(image => image.GetProperty("time").GetDouble()), s_times);
        ShouldBeNear(Times(_tools, PathOf("marked.mp4")), s_times);
    }

    [Theory]
    [InlineData("out.mkv")]
    [InlineData("out.mp4")]
    [InlineData("out.mov")]
    [InlineData("out.webm")]
    public void the_masked_copy_of_an_uneven_video_has_the_same_frames_at_the_same_times(string target)
    {
        var clip = _tools.WithSound(Clip("silent.mkv"), PathOf("clip.mkv"), 2);

        var call = CliCall.Run(
            "blur", clip, "--out", PathOf(target), "--audit", PathOf("a.jsonl"), "--mask", "solid", "--verify",
            "--model", TinyModel.Folder);

        if (target != "out.webm")
        {
            call.ExitCode.ShouldBe(0, call.Error);
        }
        else
        {
            // WebM does not support AAC.
            call.Error.ShouldContain("the sound is copied");
            CliCall.Run(
                "blur", PathOf("silent.mkv"), "--out", PathOf(target), "--audit", PathOf("a.jsonl"), "--mask", "solid",
                "--overwrite", "--model", TinyModel.Folder).ExitCode.ShouldBe(0);
        }

        // Sound may start before the image.
        ShouldBeNear(
            Times(_tools, PathOf(target)), target == "out.webm" ? s_times : Times(_tools, clip));

        // The times that a player gets, not those of the container.
        var frames = _tools.Frames(PathOf(target));
        frames.Select(Shade).ShouldBe(Enumerable.Range(0, s_times.Length));
        var regions = File.ReadLines(PathOf("a.jsonl")).Select(line => JsonElement.Parse(line))
            .Where(line => line.GetProperty("type").GetString() == "region").ToArray();
        ShouldBeNear(regions.Select(region => region.GetProperty("time").GetDouble()).Distinct(), s_times);
        regions.Select(region => region.GetProperty("frame").GetInt32()).Distinct()
            .ShouldBe(Enumerable.Range(0, s_times.Length));
    }

    [Fact]
    public void an_uneven_video_that_is_truncated_is_refused()
    {
        var noise = _tools.Make(PathOf("even.mkv"), new FrameRate(25, 1), 80, i => VideoTools.Noise(64, 64, i));
        _tools.Ffmpeg(
            "-i", noise, "-vf", "select='not(between(n,5,14))'", "-fps_mode", "vfr", "-crf", "18", PathOf("whole.mkv"));
        var whole = File.ReadAllBytes(PathOf("whole.mkv"));
        File.WriteAllBytes(PathOf("cut.mkv"), whole[..(whole.Length / 2)]);

        VideoInfo.Read(_tools, PathOf("whole.mkv")).Uneven.ShouldNotBeNull();
        _tools.Frames(PathOf("whole.mkv")).Length.ShouldBe(70);
        Should.Throw<FaceLoupeException>(() => _tools.Frames(PathOf("cut.mkv")))
            .Message.ShouldContain("the video is damaged or truncated: its frames end after ");
    }

    /// <summary>The times of the frames of a video, according to ffprobe.</summary>
    internal static double[] Times(FfmpegTools tools, string path) =>
    [
        .. tools.Probe("-select_streams", "v", "-show_entries", "frame=pts_time", path)
            .Split('\n').Where(line => line.StartsWith("pts_time=", StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split('=')[1], CultureInfo.InvariantCulture)),
    ];

    // Matroska counts in thousandths.
    private static void ShouldBeNear(IEnumerable<double> times, double[] expected)
    {
        var all = times.ToArray();
        all.Length.ShouldBe(expected.Length);
        all.ShouldAllBe(time => expected.Any(wanted => Math.Abs(time - wanted) < 0.0011));
    }

    // The lower half of each frame is a shade lighter than that of the one before.
    private static int Shade(Picture frame) => (int)Math.Round(frame.Pixels[frame.OffsetOf(50, 80)] / 12d);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private string Clip(string name)
    {
        var square = TinyModel.Square(16, 2, 3);
        _tools.Make(PathOf("fast.mkv"), new FrameRate(30, 1), 15, Frame);
        _tools.Make(PathOf("slow.mkv"), new FrameRate(4, 1), 6, i => Frame(i + 15));
        _tools.Ffmpeg(
            "-i", PathOf("fast.mkv"), "-i", PathOf("slow.mkv"), "-filter_complex",
            "[0:v]settb=AVTB[a];[1:v]settb=AVTB[b];[a][b]concat=n=2:v=1", "-fps_mode", "vfr", "-enc_time_base",
            "1/90000", "-bf", "0", "-crf", "10", PathOf(name));
        return PathOf(name);

        Picture Frame(int i)
        {
            var shade = (byte)(12 * i);
            return TinyModel.Scene(
                100, 90, (square, TinyModel.White), (new Box(0, 64, 100, 26), (shade, shade, shade)));
        }
    }
}
