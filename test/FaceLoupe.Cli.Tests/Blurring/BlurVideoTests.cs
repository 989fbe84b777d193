using System.Text.Json;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Cli.Tests.Video;
using FaceLoupe.Cli.Video;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Cli.Tests.Blurring;

public sealed class BlurVideoTests : IDisposable
{
    private static readonly FrameRate Odd = new(24000, 1001);
    private static readonly Box Place = Square(16, 2, 3);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-video-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void a_video_is_masked_frame_by_frame_over_gaps_and_keeps_rate_and_sound()
    {
        var tools = VideoTools.OrSkip();

        // The square is cyan, which the model rejects, in two frames.
        Make(tools, "silent.mp4", Odd, 24, i => Scene(100, 90, (Place, i is 10 or 11 ? Cyan : White)));
        var clip = PathOf("clip.mp4");
        tools.Ffmpeg(
            "-i", PathOf("silent.mp4"), "-f", "lavfi", "-i", "sine=frequency=440:duration=1",
            "-c:v", "copy", "-c:a", "aac", "-metadata", "location=+50.0+004.0/", "-metadata", "title=home", clip);

        var call = Blur(
            clip, "--out", PathOf("out/clip.mp4"), "--mask", "solid", "--color", "#ff0000",
            "--audit", PathOf("a.jsonl"));

        call.ExitCode.ShouldBe(0, call.Error);
        call.Error.ShouldContain("24 regions masked in 24 frames, 2 of them carried over gaps");
        Directory.GetFiles(PathOf("out")).ShouldBe([PathOf("out/clip.mp4")]);
        var frames = tools.Frames(PathOf("out/clip.mp4"));
        frames.Length.ShouldBe(24);
        frames.ShouldAllBe(frame => IsRed(frame, (int)Place.CenterX, (int)Place.CenterY));
        tools.Probe("-select_streams", "v", "-show_entries", "stream=r_frame_rate", PathOf("out/clip.mp4"))
            .ShouldBe("r_frame_rate=24000/1001");
        tools.Probe("-show_entries", "format_tags=location,title", PathOf("out/clip.mp4")).ShouldBeEmpty();
        Sound(tools, PathOf("out/clip.mp4")).ShouldBe(Sound(tools, clip));
        Sound(tools, clip).ShouldNotBeEmpty();
        var carried = File.ReadLines(PathOf("a.jsonl")).Select(line => JsonElement.Parse(line))
            .Where(line => line.GetProperty("type").GetString() == "region")
            .Where(line => line.GetProperty("origin").GetString() == "carried").ToArray();
        carried.Select(line => line.GetProperty("frame").GetInt32()).ShouldBe([10, 11]);
        carried[0].GetProperty("time").GetDouble().ShouldBe(0.417);
    }

    [Fact]
    public void a_video_of_which_each_fourth_frame_is_searched_is_masked_in_all_of_them_and_verified()
    {
        var tools = VideoTools.OrSkip();
        Make(tools, "clip.mkv", new FrameRate(10, 1), 10, _ => Scene(100, 90, (Place, White)));

        var call = Blur(
            PathOf("clip.mkv"), "--out", PathOf("out.mkv"), "--mask", "solid", "--color", "#ff0000", "--detect-every",
                "4", "--verify",
            "--audit", PathOf("a.jsonl"));

        call.ExitCode.ShouldBe(0, call.Error);
        call.Error.ShouldContain(
            "10 regions masked in 10 frames, 6 of them carried over gaps, 0 of them after searching it again");
        tools.Frames(PathOf("out.mkv")).ShouldAllBe(frame => IsRed(frame, (int)Place.CenterX, (int)Place.CenterY));
        var lines = File.ReadLines(PathOf("a.jsonl")).Select(line => JsonElement.Parse(line)).ToArray();
        lines.Length.ShouldBe(12);
        lines[^1].GetProperty("verified").GetProperty("searches").GetInt32().ShouldBe(1);
        Directory.GetFiles(_folder.FullName).Select(Path.GetFileName)
            .ShouldBe(["a.jsonl", "clip.mkv", "out.mkv"], ignoreOrder: true);
    }

    [Fact]
    public void what_shows_up_between_the_searched_frames_of_a_video_is_masked_by_the_second_look()
    {
        var tools = VideoTools.OrSkip();
        Make(tools, "clip.mkv", new FrameRate(10, 1), 8, i => Scene(100, 90, (Place, i == 3 ? White : Cyan)));

        var call = Blur(
            PathOf("clip.mkv"), "--out", PathOf("out.mkv"), "--mask", "solid", "--color", "#ff0000", "--carry", "0",
                "--detect-every",
            "8", "--verify", "--audit", PathOf("a.jsonl"));

        call.ExitCode.ShouldBe(0, call.Error);
        IsRed(tools.Frames(PathOf("out.mkv"))[3], (int)Place.CenterX, (int)Place.CenterY).ShouldBeTrue();
        File.ReadLines(PathOf("a.jsonl"))
            .ShouldContain(line => line.Contains("\"frame\":3") && line.Contains("\"origin\":\"verified\""));
    }

    [Fact]
    public void masks_of_a_video_get_a_soft_rim_where_it_is_asked_for()
    {
        var tools = VideoTools.OrSkip();
        var face = Square(16, 2, 3);
        var clip = tools.Make(PathOf("clip.mkv"), new FrameRate(10, 1), 6, _ => Scene(100, 90, (face, White)));
        string[] line =
            ["blur", clip, "--mask", "solid", "--color", "white", "--shape", "box", "--model", Folder, "--out"];

        CliCall.Run([.. line, PathOf("hard.mkv")]).ExitCode.ShouldBe(0);
        CliCall.Run([.. line, PathOf("soft.mkv"), "--feather", "0.5"]).ExitCode.ShouldBe(0);

        foreach (var (hard, soft) in tools.Frames(PathOf("hard.mkv")).Zip(tools.Frames(PathOf("soft.mkv"))))
        {
            Light(soft, face).ShouldBe(Light(hard, face), 3);
            var beside = new Box(face.Right + 5, face.Y, 2, 16);
            Light(hard, beside).ShouldBeLessThan(Light(soft, beside) - 20);
        }

        double Light(Picture picture, Box at) => Enumerable.Range((int)at.Y, (int)at.Height).Average(y =>
            Enumerable.Range((int)at.X, (int)at.Width).Average(x => (double)picture.Pixels[picture.OffsetOf(x, y)]));
    }

    [Fact]
    public void a_turned_video_comes_out_upright()
    {
        var tools = VideoTools.OrSkip();
        Make(tools, "flat.mp4", new FrameRate(10, 1), 5, _ => Scene(100, 64, (Square(16, 2, 2), White)));
        tools.Ffmpeg("-i", PathOf("flat.mp4"), "-c", "copy", "-metadata:s:v", "rotate=90", PathOf("turned.mp4"));
        var upright = tools.Frames(PathOf("turned.mp4"));
        (upright[0].Width, upright[0].Height).ShouldBe((64, 100)); // or this ffmpeg turns by another option

        Blur(PathOf("turned.mp4"), "--out", PathOf("out.mkv"), "--mask", "solid").ExitCode.ShouldBe(0);

        var frames = tools.Frames(PathOf("out.mkv"));
        (frames.Length, frames[0].Width, frames[0].Height).ShouldBe((5, 64, 100));
        Reds(upright[0]).Max().ShouldBeGreaterThan(200);
        Reds(frames[0]).Max().ShouldBeLessThan(60);
    }

    [Fact]
    public void an_uneven_video_keeps_its_times_and_a_late_one_its_delay()
    {
        var tools = VideoTools.OrSkip();
        tools.Ffmpeg(
            "-f", "lavfi", "-i", "testsrc=s=64x64:r=20:d=1", "-vf", "select='not(between(n,5,14))'",
            PathOf("uneven.mkv"));
        tools.Ffmpeg(
            "-itsoffset", "0.5", "-i", PathOf("uneven.mkv"), "-f", "lavfi", "-i", "sine=duration=1", "-c:v", "copy",
            PathOf("late.mkv"));

        Blur(PathOf("uneven.mkv"), PathOf("late.mkv"), "--out", PathOf("out")).ExitCode.ShouldBe(0);

        UnevenVideoTests.Times(tools, PathOf("uneven.mkv")).ShouldBe(
            [0, 0.05, 0.1, 0.15, 0.2, 0.75, 0.8, 0.85, 0.9, 0.95]);
        UnevenVideoTests.Times(tools, PathOf("out/uneven.mkv"))
            .ShouldBe(UnevenVideoTests.Times(tools, PathOf("uneven.mkv")));
        UnevenVideoTests.Times(tools, PathOf("out/late.mkv"))
            .ShouldBe(UnevenVideoTests.Times(tools, PathOf("late.mkv")));
        UnevenVideoTests.Times(tools, PathOf("out/late.mkv"))[0].ShouldBe(0.5, 0.01);
    }

    [Fact]
    public void odd_sides_and_colours_survive()
    {
        var tools = VideoTools.OrSkip();
        var all = new Box(0, 0, 75, 51);
        Make(tools, "odd.mkv", new FrameRate(25, 1), 3, _ => Scene(75, 51, (all, (200, 60, 20))));

        Blur(PathOf("odd.mkv"), "--out", PathOf("out.mp4")).ExitCode.ShouldBe(0);

        var frame = tools.Frames(PathOf("out.mp4"))[1];
        (frame.Width, frame.Height).ShouldBe((75, 51));
        var at = frame.OffsetOf(40, 25);
        ((int)frame.Pixels[at]).ShouldBeInRange(200 - 6, 200 + 6);
        ((int)frame.Pixels[at + 1]).ShouldBeInRange(60 - 6, 60 + 6);
        ((int)frame.Pixels[at + 2]).ShouldBeInRange(20 - 6, 20 + 6);
    }

    [Fact]
    public void bad_videos_are_reported_in_one_line_each_and_the_others_go_on()
    {
        var tools = VideoTools.OrSkip();
        Make(tools, "good.mkv", new FrameRate(25, 1), 60, i => VideoTools.Noise(64, 64, i));
        Make(tools, "whole.mp4", new FrameRate(25, 1), 5, _ => Scene(64, 64));
        File.WriteAllBytes(PathOf("headless.mp4"), File.ReadAllBytes(PathOf("whole.mp4"))[..^900]);
        var good = File.ReadAllBytes(PathOf("good.mkv"));
        File.WriteAllBytes(PathOf("cut.mkv"), good[..(good.Length / 2)]);
        File.WriteAllBytes(PathOf("zero.mp4"), []);
        File.WriteAllText(PathOf("text.mp4"), "no video");
        tools.Ffmpeg("-f", "lavfi", "-i", "sine=duration=0.2", PathOf("sound.mkv"));

        var call = Blur(
            PathOf("zero.mp4"), PathOf("text.mp4"), PathOf("sound.mkv"), PathOf("cut.mkv"), PathOf("none.mp4"),
            PathOf("headless.mp4"), PathOf("good.mkv"), "--out", PathOf("out"));

        call.ExitCode.ShouldBe(1);
        call.Faults.Length.ShouldBe(6, call.Error);
        call.Faults[0].ShouldContain("zero.mp4: the file is empty");
        call.Faults[1].ShouldContain("text.mp4: not a video that ffmpeg can read");
        call.Faults[2].ShouldContain("sound.mkv: has no video stream");
        call.Faults[3].ShouldContain("cut.mkv: the video is damaged or truncated");
        call.Faults[4].ShouldContain("none.mp4: there is no such file");
        call.Faults[5].ShouldContain("headless.mp4: ");
        Directory.GetFileSystemEntries(PathOf("out")).ShouldBe([PathOf("out/good.mkv")]);
    }

    [Fact]
    public void an_unwritable_place_is_reported()
    {
        var tools = VideoTools.OrSkip();
        var clip = Make(tools, "clip.mp4", new FrameRate(25, 1), 3, _ => Scene(64, 64));
        var call = Blur(clip, "--out", Path.Combine(clip, "x", "clip.mp4"));
        call.ExitCode.ShouldBe(2);
        call.Faults.ShouldHaveSingleItem().ShouldContain("cannot be written");
    }

    [Fact]
    public void without_ffmpeg_videos_fail_with_advice_and_pictures_do_not_mind()
    {
        PictureFile.Write(Scene(64, 64), PathOf("in/a.png"));
        File.WriteAllText(PathOf("in/b.mp4"), "never looked at");

        var call = Blur(PathOf("in"), "--out", PathOf("out"), "--ffmpeg", PathOf("nowhere"));

        call.ExitCode.ShouldBe(1);
        call.Faults.ShouldHaveSingleItem().ShouldContain("--ffmpeg");
        File.Exists(PathOf("out/a.png")).ShouldBeTrue();
        Blur(PathOf("in/b.mp4"), "--out", PathOf("c.mp4"), "--ffmpeg", PathOf("nowhere")).ExitCode.ShouldBe(2);
        Blur(PathOf("in/b.mp4"), "--out", PathOf("c.png")).ShouldBeRefused("videos are written as .mp4");
    }

    private static CliCall Blur(params string[] args) => CliCall.Run(["blur", .. args, "--model", Folder]);

    private static string Sound(FfmpegTools tools, string path) =>
        tools.Probe("-select_streams", "a", "-show_data_hash", "MD5", "-show_entries", "packet=data_hash,size", path);

    private static IEnumerable<int> Reds(Picture picture) =>
        Enumerable.Range(0, picture.Width * picture.Height).Select(i => (int)picture.Pixels[3 * i]);

    private static bool IsRed(Picture picture, int x, int y)
    {
        var at = picture.OffsetOf(x, y);
        return picture.Pixels[at] > 200 && picture.Pixels[at + 1] < 60 && picture.Pixels[at + 2] < 60;
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private string Make(FfmpegTools tools, string name, FrameRate rate, int frames, Func<int, Picture> frame) =>
        tools.Make(PathOf(name), rate, frames, frame);
}
