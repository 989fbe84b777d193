using System.Text.Json;
using FaceLoupe.Cli.Detection;
using FaceLoupe.Cli.Detection.Displays;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Cli.Tests.Video;
using FaceLoupe.Cli.Video;
using FaceLoupe.Tests;
using static FaceLoupe.Cli.Tests.Detection.DetectScenes;

namespace FaceLoupe.Cli.Tests.Detection;

public sealed class VideoFaultTests : IDisposable
{
    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Fact]
    public void bad_videos_are_reported_in_one_line_each_and_the_others_go_on()
    {
        var tools = VideoTools.OrSkip();
        var whole = _scenes.SaveVideo(tools, "whole.mp4", 3);
        var headless = _scenes.PathOf("headless.mp4");
        File.WriteAllBytes(headless, File.ReadAllBytes(whole)[..^900]);
        var sound = _scenes.PathOf("sound.mkv");
        tools.Ffmpeg("-f", "lavfi", "-i", "sine=duration=0.2", sound);
        string[] bad =
        [
            _scenes.Write("zero.mp4", ""), _scenes.Write("text.mp4", "no video"), sound, _scenes.PathOf("none.mp4"),
            headless,
        ];

        var call = Detect([.. bad, whole]);

        call.ExitCode.ShouldBe(1, call.Error);
        _scenes.Images(call).ShouldBe(["whole.mp4", "whole.mp4", "whole.mp4"]);
        call.Faults.Length.ShouldBe(bad.Length, call.Error);
        foreach (var (path, fault) in bad.Zip(call.Faults))
        {
            fault.ShouldStartWith($"faceloupe: {path}: ");
        }

        call.Faults[2].ShouldContain("has no video stream");
        call.Json.GetProperty("errors").GetArrayLength().ShouldBe(bad.Length);
        call.Error.ShouldContain("2 faces in 3 frames, ");
        call.Error.ShouldContain(" frames/s; 5 inputs failed");
        Detect(bad).ExitCode.ShouldBe(2);
        Detect(bad[0]).ShouldBeRefused("zero.mp4: the file is empty; a video was expected");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("2")]
    public void frames_before_the_damage_are_kept_and_the_marked_video_is_not(string jobs)
    {
        var tools = VideoTools.OrSkip();
        var noise = tools.Make(
            _scenes.PathOf("noise.mkv"), new FrameRate(25, 1), 60, i => VideoTools.Noise(64, 64, i));
        var cut = _scenes.PathOf("cut.mkv");
        var bytes = File.ReadAllBytes(noise);
        File.WriteAllBytes(cut, bytes[..(bytes.Length / 2)]);

        var call = Detect(cut, "--annotate", _scenes.PathOf("out/marked.mkv"), "--stages", "1", "--jobs", jobs);

        call.ExitCode.ShouldBe(1);
        call.Faults.ShouldHaveSingleItem().ShouldContain("cut.mkv: the video is damaged or truncated");
        call.Json.GetProperty("images").GetArrayLength().ShouldBeInRange(20, 40);
        call.Json.GetProperty("errors").GetArrayLength().ShouldBe(1);
        call.Error.ShouldContain(" frames, ");
        call.Error.ShouldContain("; 1 input failed");
        _scenes.FilesIn("out").ShouldBeEmpty();
    }

    [Fact]
    public void without_ffmpeg_videos_fail_with_advice_and_pictures_do_not_mind()
    {
        string[] nowhere = ["--ffmpeg", _scenes.PathOf("nowhere")];
        var (picture, first, second) =
            (_scenes.Save("a.png"), _scenes.Write("b.mp4", "never looked at"), _scenes.Write("c.mp4", "nor this"));

        var call = Detect([first, second, picture, .. nowhere]);

        call.ExitCode.ShouldBe(1);
        _scenes.Images(call).ShouldBe(["a.png"]);
        call.Faults.Length.ShouldBe(2);
        call.Faults[0].ShouldContain($"{first}: --ffmpeg ");
        call.Faults[1].ShouldContain($"{second}: --ffmpeg ");
        Detect([first, .. nowhere]).ShouldBeRefused("neither ffmpeg nor a folder");
        Detect([picture, .. nowhere]).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("json", "faces.json")]
    [InlineData("csv", "faces.csv")]
    [InlineData("jsonl", "faces.jsonl")]
    public void a_stop_within_a_video_keeps_the_frames_that_are_finished(string format, string name)
    {
        var tools = VideoTools.OrSkip();
        using var stop = new CancellationTokenSource();
        using var error = new StringWriter { NewLine = "\n" };
        var request = new DetectRequest
        {
            Inputs = [_scenes.SaveVideo(tools, "clip.mp4", 8), _scenes.Save("z.png")],
            Model = new ModelChoice(TinyModel.Folder),
            Options = new DetectorOptions(),
            Format = format,
            Out = _scenes.PathOf($"out/{name}"),
            Annotate = _scenes.PathOf("marked"),
        };

        var code = request.Run(
            new StoppingDisplay(new LineDisplay(error, quiet: false), 3, stop), TextWriter.Null, () => Stream.Null,
            stop.Token);

        code.ShouldBe(130);
        error.ToString().ShouldMatch(
            @"^2 faces in 3 frames, \d+\.\d s, \d+\.\d frames/s; 0 inputs failed; stopped with 2 inputs to go\n$");
        _scenes.FilesIn("out").ShouldBe([name]);
        Directory.GetFiles(_scenes.PathOf("marked")).ShouldBeEmpty();

        // After --resume, the marked video is complete, and the other frames are added.
        using var again = new StringWriter { NewLine = "\n" };
        (request with { Resume = true }).Run(
            new LineDisplay(again, quiet: false), TextWriter.Null, () => Stream.Null, default).ShouldBe(0);
        again.ToString().ShouldContain("clip.mp4: 8 frames, 7 faces, ");
        _scenes.FilesIn("marked").ShouldBe(["clip.mp4", "z.png"]);
        Results(File.ReadAllText(_scenes.PathOf($"out/{name}")), format).ShouldBe(9);
    }

    private static int Results(string text, string format) => format == "json"
        ? JsonElement.Parse(text).GetProperty("images").GetArrayLength()
        : text.Split('\n').Length - (format == "csv" ? 2 : 1);

    /// <summary>Stops a run after some frames.</summary>
    private sealed class StoppingDisplay(IDetectDisplay shown, int frames, CancellationTokenSource stop)
        : IDetectDisplay
    {
        public void During(int inputs, Action work) => shown.During(inputs, work);

        public void Finished(string image, Detections found, int faces, TimeSpan took) =>
            shown.Finished(image, found, faces, took);

        public void VideoStarted(string video, long? expected) => shown.VideoStarted(video, expected);

        public void FrameFinished(VideoTally video)
        {
            shown.FrameFinished(video);
            if (video.Frames == frames)
            {
                stop.Cancel();
            }
        }

        public void VideoFinished(VideoTally video) => shown.VideoFinished(video);

        public void Fault(string message) => shown.Fault(message);

        public void Summary(RunSummary summary) => shown.Summary(summary);
    }
}
