using FaceLoupe.Cli.Terminal;
using FaceLoupe.Cli.Tests.Video;
using FaceLoupe.Cli.Video;
using FaceLoupe.Imaging;
using static FaceLoupe.Cli.Tests.Detection.DetectScenes;

namespace FaceLoupe.Cli.Tests.Detection;

public sealed class MarkedVideoTests : IDisposable
{
    // First, so that a skipped test leaves no folder behind.
    private readonly FfmpegTools _tools = VideoTools.OrSkip();
    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Fact]
    public void the_marked_copy_of_a_video_is_a_video_with_all_frames_and_the_sound()
    {
        var clip = _tools.WithSound(_scenes.SaveVideo(_tools, "silent.mp4", 5), _scenes.PathOf("clip.mp4"), 0.5);

        Detect(clip, "--annotate", _scenes.PathOf("out/marked.mkv")).ExitCode.ShouldBe(0);

        _scenes.FilesIn("out").ShouldBe(["marked.mkv"]);
        _tools.Frames(_scenes.PathOf("out/marked.mkv")).Select(IsMarked).ShouldBe([true, false, true, true, true]);
        Sound(_scenes.PathOf("out/marked.mkv")).ShouldBe("codec_type=audio");
        Rate(_scenes.PathOf("out/marked.mkv")).ShouldBe("r_frame_rate=10/1");
    }

    [Fact]
    public void with_every_it_has_the_frames_that_were_looked_at_and_lasts_as_long_in_silence()
    {
        var clip = _tools.WithSound(_scenes.SaveVideo(_tools, "silent.mp4", 8), _scenes.PathOf("clip.mp4"), 0.8);

        Detect(clip, "--annotate", _scenes.PathOf("marked.mp4"), "--every", "4").ExitCode.ShouldBe(0);

        _tools.Frames(_scenes.PathOf("marked.mp4")).Select(IsMarked).ShouldBe([true, true]);
        Rate(_scenes.PathOf("marked.mp4")).ShouldBe("r_frame_rate=5/2");
        Sound(_scenes.PathOf("marked.mp4")).ShouldBeEmpty();
    }

    [Fact]
    public void in_a_folder_videos_keep_names_that_can_be_written()
    {
        string[] inputs =
        [
            _scenes.SaveVideo(_tools, "clip.mp4", 1), _scenes.SaveVideo(_tools, "x/clip.mp4", 1), _scenes.Save("a.png"),
        ];
        var old = _scenes.PathOf("old.avi");
        _tools.Ffmpeg("-i", inputs[0], "-c:v", "mpeg4", "-q:v", "2", old);

        Detect([.. inputs, old, "--annotate", _scenes.PathOf("marked")]).ExitCode.ShouldBe(0);

        _scenes.FilesIn("marked").ShouldBe(["a.png", "clip.mp4", "old.mkv", "x/clip.mp4"]);
    }

    [Fact]
    public void a_target_of_the_wrong_kind_or_over_an_input_is_refused()
    {
        var (clip, picture) = (_scenes.SaveVideo(_tools, "clip.mp4", 1), _scenes.Save("a.png"));
        var before = File.ReadAllBytes(clip);

        Detect(clip, "--annotate", _scenes.PathOf("m.png")).ShouldBeRefused("copy of a video is a video", ".mkv");
        Detect(clip, "--annotate", _scenes.PathOf("m.avi")).ShouldBeRefused("copy of a video is a video", ".mkv");
        Detect(picture, "--annotate", _scenes.PathOf("m.mp4"))
            .ShouldBeRefused("copy of an image is an image", ".png");
        Detect(clip, picture, "--annotate", _scenes.PathOf("m.mp4")).ShouldBeRefused("give a folder");
        Detect(clip, "--annotate", clip).ShouldBeRefused("would overwrite the input");
        Detect(clip, "--annotate", _scenes.Folder).ShouldBeRefused("would overwrite the input");
        Detect(clip, "--json", clip).ShouldBeRefused("would overwrite the input");
        File.ReadAllBytes(clip).ShouldBe(before);
    }

    [Fact]
    public void resumed_it_is_made_whole_and_results_are_not_written_twice()
    {
        var clip = _scenes.SaveVideo(_tools, "clip.mp4", 5);
        string[] call = [clip, "--format", "jsonl", "--out", _scenes.PathOf("f.jsonl"), "--resume"];
        var (crops, marked) = (_scenes.PathOf("crops"), _scenes.PathOf("marked.mp4"));
        Detect([.. call, "--every", "2", "--crops", crops]).ExitCode.ShouldBe(0);
        File.Delete(_scenes.PathOf("crops/clip_000000_0001.png"));

        var resumed = Detect([.. call, "--crops", crops, "--annotate", marked]);

        resumed.ExitCode.ShouldBe(0, resumed.Error);
        resumed.Error.ShouldContain("clip.mp4: 5 frames, 4 faces, ");
        _tools.Frames(marked).Length.ShouldBe(5);
        File.ReadAllLines(_scenes.PathOf("f.jsonl")).Length.ShouldBe(5);
        _scenes.FilesIn("crops").ShouldBe(["clip_000002_0001.png", "clip_000003_0001.png", "clip_000004_0001.png"]);

        // A complete video stays unchanged.
        var written = File.GetLastWriteTimeUtc(marked);
        var again = Detect([.. call, "--annotate", marked]);
        again.Error.ShouldContain("clip.mp4: 0 frames, 0 faces, 100x90 px, ");
        again.Error.ShouldContain("; 5 frames finished before");
        File.GetLastWriteTimeUtc(marked).ShouldBe(written);

        // Unless there is a new frame.
        File.WriteAllLines(_scenes.PathOf("f.jsonl"), File.ReadAllLines(_scenes.PathOf("f.jsonl"))[..^1]);
        Detect([.. call, "--annotate", marked]).Error.ShouldContain("clip.mp4: 5 frames, 4 faces, ");
        File.GetLastWriteTimeUtc(marked).ShouldBeGreaterThan(written);
        File.ReadAllLines(_scenes.PathOf("f.jsonl")).Length.ShouldBe(5);
    }

    [Fact]
    public void a_copy_that_cannot_be_written_fails_its_video_alone()
    {
        var clip = _tools.WithSound(_scenes.SaveVideo(_tools, "silent.mp4", 3), _scenes.PathOf("clip.mp4"), 0.3);
        Directory.CreateDirectory(_scenes.PathOf("marked/clip.mp4"));

        var call = Detect(clip, _scenes.Save("a.png"), "--annotate", _scenes.PathOf("marked"));

        call.ExitCode.ShouldBe(1);
        call.Faults.ShouldHaveSingleItem().ShouldContain("clip.mp4: the video cannot be written");
        _scenes.FilesIn("marked").ShouldBe(["a.png"]);
    }

    // Yellow all round the white face; chroma of half the size washes some of it out.
    private static bool IsMarked(Picture frame)
    {
        var at = frame.OffsetOf(20, (int)DetectScenes.Face.Bottom);
        return frame.Pixels[at] - frame.Pixels[at + 2] > 50 && frame.Pixels[at + 1] - frame.Pixels[at + 2] > 50;
    }

    private string Rate(string path) =>
        _tools.Probe("-select_streams", "v", "-show_entries", "stream=r_frame_rate", path);

    private string Sound(string path) =>
        _tools.Probe("-select_streams", "a", "-show_entries", "stream=codec_type", path);
}
