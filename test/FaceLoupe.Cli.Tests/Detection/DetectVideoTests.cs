using System.Text.Json;
using System.Xml.Linq;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Cli.Tests.Video;
using FaceLoupe.Cli.Video;
using FaceLoupe.Imaging;
using static FaceLoupe.Cli.Tests.Detection.DetectScenes;

namespace FaceLoupe.Cli.Tests.Detection;

public sealed class DetectVideoTests : IDisposable
{
    // First, so that a skipped test leaves no folder behind.
    private readonly FfmpegTools _tools = VideoTools.OrSkip();
    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Fact]
    public void each_frame_is_a_result_in_its_place_among_the_pictures()
    {
        string[] inputs = [_scenes.Save("a.png"), _scenes.SaveVideo(_tools, "clip.mp4", 5), _scenes.Save("b.png")];

        var call = Detect(inputs);

        call.ExitCode.ShouldBe(0, call.Error);
        _scenes.Images(call).ShouldBe(["a.png", .. Enumerable.Repeat("clip.mp4", 5), "b.png"]);
        var images = call.Json.GetProperty("images").EnumerateArray().ToArray();
        images.Where(image => image.TryGetProperty("frame", out _)).Select(Frame).ShouldBe([0, 1, 2, 3, 4]);
        images[1..6].Select(image => image.GetProperty("time").GetRawText())
            .ShouldBe(["0", "0.1", "0.2", "0.3", "0.4"]);

        // Frame 1 has no face.
        images[1..6].Select(image => image.GetProperty("faces").GetArrayLength()).ShouldBe([1, 0, 1, 1, 1]);
        images[1].GetProperty("faces")[0].GetProperty("x").GetDouble().ShouldBe(12.8, 0.5);
        images[0].TryGetProperty("time", out _).ShouldBeFalse();
        call.Json.GetProperty("schemaVersion").GetInt32().ShouldBe(1);
        var lines = call.Error.Split('\n');
        lines.Length.ShouldBe(5);
        lines[1].ShouldMatch($@"^{inputs[1]}: 5 frames, 4 faces, 100x90 px, \d+\.\d s$");
        lines[3].ShouldMatch(@"^6 faces in 2 images and 5 frames, \d+\.\d s, \d+\.\d images/s; 0 inputs failed$");
    }

    [Fact]
    public void one_video_says_what_there_is_to_say_in_one_line()
    {
        var call = Detect(_scenes.SaveVideo(_tools, "clip.mkv", 2));
        call.Error.ShouldMatch(@"^\S+clip.mkv: 2 frames, 1 face, 100x90 px, \d+\.\d s\n$");
        Detect(_scenes.PathOf("clip.mkv"), "-q").Error.ShouldBe("");
    }

    [Fact]
    public void videos_are_found_in_folders_by_patterns_and_in_lists()
    {
        _scenes.Save("p/a.png");
        _scenes.SaveVideo(_tools, "p/b.MP4", 1);
        _scenes.SaveVideo(_tools, "p/q/c.mkv", 1);
        var list = _scenes.Write("list.txt", $"{_scenes.PathOf("p/q/c.mkv")}\n{_scenes.PathOf("p")}\n");

        Images(_scenes.PathOf("p")).ShouldBe(["p/a.png", "p/b.MP4"]);
        Images(_scenes.PathOf("p"), "-r").ShouldBe(["p/a.png", "p/b.MP4", "p/q/c.mkv"]);
        Images(_scenes.PathOf("p/**/*.m*")).ShouldBe(["p/q/c.mkv"]);
        Images("--list", list).ShouldBe(["p/q/c.mkv", "p/a.png", "p/b.MP4"]);
        Detect(_scenes.PathOf("list*")).ShouldBeRefused("no file matches that is an image or video", ".mp4");

        // Folders of a benchmark contribute images only.
        Detect(_scenes.PathOf("p"), "--format", "wider", "--out", _scenes.PathOf("w")).ExitCode.ShouldBe(0);
        _scenes.FilesIn("w").ShouldBe(["a.txt", "regime.json"]);

        string[] Images(params string[] args) => _scenes.Images(Detect(args));
    }

    [Fact]
    public void verbs_for_pictures_say_so()
    {
        var video = _scenes.Write("a.webm", "");
        CliCall.Run("enhance", video, "--out", _scenes.PathOf("x"), "--model", FaceLoupe.Tests.TinyModel.Folder)
            .ShouldBeRefused(video, "is a video, but images are expected", "ffmpeg -i");
    }

    [Fact]
    public void every_n_th_frame_can_be_looked_at()
    {
        var images = Detect(_scenes.SaveVideo(_tools, "clip.mp4", 8), "--every", "3").Json.GetProperty("images");
        images.EnumerateArray().Select(Frame).ShouldBe([0, 3, 6]);
        images[2].GetProperty("time").GetRawText().ShouldBe("0.6");
    }

    [Fact]
    public void a_table_has_columns_for_frames_only_where_there_are_any()
    {
        var (picture, clip) = (_scenes.Save("a.png"), _scenes.SaveVideo(_tools, "clip.mp4", 2));

        var rows = Detect(picture, clip, "--format", "csv").Output.Split('\n');

        rows[0].ShouldBe("image,image_width,image_height,face,x,y,width,height,score,logit,frame,time");
        rows[1].ShouldStartWith($"{picture},100,90,1,12.8,");
        rows[1].ShouldEndWith(",,");
        rows[2].ShouldStartWith($"{clip},100,90,1,");
        rows[2].ShouldEndWith(",0,0");
        rows[3].ShouldBe($"{clip},100,90,0,,,,,,,1,0.1");
    }

    [Fact]
    public void in_coco_a_frame_has_the_name_of_a_picture_and_the_path_of_its_video()
    {
        var clip = _scenes.SaveVideo(_tools, "clip.mp4", 2);
        var image = Detect(clip, "--format", "coco").Json.GetProperty("images")[1];
        (Text(image, "file_name"), Text(image, "path"), Text(image, "frame"), Text(image, "time"))
            .ShouldBe(("clip_000001.png", clip, "1", "0.1"));

        // If an image has that name, it takes another.
        var taken = Detect(clip, _scenes.Save("clip_000001.png"), "--format", "coco").Json.GetProperty("images");
        taken.EnumerateArray().Select(entry => Text(entry, "file_name"))
            .ShouldBe(["clip.mp4_000000.png", "clip.mp4_000001.png", "clip_000001.png"]);
    }

    [Theory]
    [InlineData("yolo", ".txt")]
    [InlineData("voc", ".xml")]
    [InlineData("wider", ".txt")]
    public void a_folder_has_a_file_a_frame(string format, string extension)
    {
        _scenes.SaveVideo(_tools, "p/clip.mp4", 3);
        _scenes.Save("p/clip.png");

        Detect(
            _scenes.PathOf("p/clip.mp4"), _scenes.PathOf("p/clip.png"), "--format", format, "--every", "2", "--out",
            _scenes.PathOf("out")).ExitCode.ShouldBe(0);

        _scenes.FilesIn("out").Except(["regime.json"])
            .ShouldBe([$"clip{extension}", $"clip_000000{extension}", $"clip_000002{extension}"]);
        if (format == "voc")
        {
            XDocument.Load(_scenes.PathOf("out/clip_000002.xml")).Root!.Element("filename")!.Value
                .ShouldBe("clip_000002.png");
        }
    }

    [Theory]
    [InlineData("clip.mov", "clip_000000.txt")]
    [InlineData("clip_000012.png", "clip_000012.txt")]
    public void inputs_whose_frames_would_share_a_file_are_refused(string other, string reported)
    {
        var clip = _scenes.Write("clip.mp4", "");
        Detect(clip, _scenes.Write(other, ""), "--format", "yolo", "--out", _scenes.PathOf("out"))
            .ShouldBeRefused(clip, other, reported, "rename one");
    }

    [Fact]
    public void faces_are_cut_out_of_frames()
    {
        var clip = _scenes.SaveVideo(_tools, "q/clip.mp4", 3);

        Detect(
            clip, _scenes.Save("q/clip.png"), "--crops", _scenes.PathOf("crops"), "--super-resolve",
            _scenes.PathOf("sharp")).ExitCode.ShouldBe(0);

        string[] names = ["clip_0001.png", "clip_000000_0001.png", "clip_000002_0001.png"];
        _scenes.FilesIn("crops").ShouldBe(names.Order(StringComparer.Ordinal));
        _scenes.FilesIn("sharp").ShouldBe(_scenes.FilesIn("crops"));
        PictureFile.Read(_scenes.PathOf("crops/clip_000002_0001.png")).Width.ShouldBeInRange(15, 18);
    }

    [Theory]
    [InlineData("json", "faces.json")]
    [InlineData("jsonl", "faces.jsonl")]
    [InlineData("csv", "faces.csv")]
    [InlineData("coco", "faces.json")]
    [InlineData("yolo", "faces")]
    [InlineData("voc", "faces")]
    [InlineData("wider", "faces")]
    public void a_resumed_run_looks_only_at_frames_that_are_not_finished_and_ends_as_an_unbroken_one(
        string format, string name)
    {
        string[] call = [_scenes.SaveVideo(_tools, "clip.mp4", 5), _scenes.Save("a.png"), "--format", format, "--out"];
        Detect([.. call, _scenes.PathOf($"whole/{name}")]).ExitCode.ShouldBe(0);
        Detect([.. call, _scenes.PathOf($"out/{name}"), "--every", "2"]).ExitCode.ShouldBe(0);

        var resumed = Detect([.. call, _scenes.PathOf($"out/{name}"), "--resume"]);

        resumed.ExitCode.ShouldBe(0, resumed.Error);
        resumed.Error.ShouldContain("clip.mp4: 2 frames, ");
        resumed.Error.ShouldContain("; 3 frames finished before\n");
        resumed.Error.ShouldContain("; 1 image and 3 frames finished before\n");
        _scenes.FilesIn("out").ShouldBe(_scenes.FilesIn("whole"));
        foreach (var file in _scenes.FilesIn("whole"))
        {
            Lines($"out/{file}").ShouldBe(Lines($"whole/{file}"));
        }

        var again = Detect([.. call, _scenes.PathOf($"out/{name}"), "--resume"]);
        (again.ExitCode, again.Output).ShouldBe((0, ""));
        again.Error.ShouldContain("clip.mp4: 0 frames, 0 faces, 100x90 px, ");
        again.Error.ShouldContain("0 faces in 0 frames, ");
        again.Error.ShouldContain("; 1 image and 5 frames finished before\n");
        Lines($"out/{_scenes.FilesIn("out")[0]}").ShouldBe(Lines($"whole/{_scenes.FilesIn("whole")[0]}"));

        string[] Lines(string file) => [.. File.ReadAllLines(_scenes.PathOf(file)).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void frames_are_evaluated_as_the_pictures_that_were_taken_out_of_the_video()
    {
        var clip = _scenes.SaveVideo(_tools, "images/clip.mkv", 3);
        _tools.Ffmpeg("-i", clip, "-start_number", "0", _scenes.PathOf("images/clip_%06d.png"));
        var truth = _scenes.Write(
            "truth.txt",
            string.Concat(((int[])[0, 2]).Select(i => $"clip_00000{i}.png\n1\n12 20 16 16 0 0 0 0 0 0\n")));
        foreach (var (format, file) in ((string, string)[])[("jsonl", "f.jsonl"), ("csv", "f.csv"), ("coco", "f.json")])
        {
            Detect(clip, "--format", format, "--out", _scenes.PathOf(file)).ExitCode.ShouldBe(0);
            var call = CliCall.Run(
                "evaluate", "boxes", "--annotations", truth, "--images", _scenes.PathOf("images"), "--predictions",
                _scenes.PathOf(file), "--json", _scenes.PathOf("report.json"));
            call.Error.ShouldNotContain("no predictions");
            JsonElement.Parse(File.ReadAllText(_scenes.PathOf("report.json"))).GetProperty("subjects")[0]
                .GetProperty("bands").GetProperty("all").GetProperty("averagePrecision").GetDouble()
                .ShouldBe(1, format);
        }
    }

    private static long Frame(JsonElement image) => image.GetProperty("frame").GetInt64();

    private static string Text(JsonElement element, string key) => element.GetProperty(key).ToString();
}
