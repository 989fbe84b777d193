using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using FaceLoupe.Cli.Tests.Video;
using FaceLoupe.Cli.Video;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Cli.Tests.Blurring;

public sealed class CorrectionsTests : IDisposable
{
    private static readonly Box s_left = Square(16, 2, 3);
    private static readonly Box s_right = Square(16, 8, 6);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-review-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void what_a_person_decided_is_masked_kept_clear_and_ignored()
    {
        var picture = Save("a.png");
        var corrections = Write(picture, """ "mask": [[4, 70, 12, 14]], "clear": [[13, 20, 16, 16]] """);

        var call = Blur(picture, "--out", PathOf("b.png"), "--apply", corrections, "--audit", PathOf("a.jsonl"));

        call.ExitCode.ShouldBe(0, call.Error);
        var masked = PictureFile.Read(PathOf("b.png"));
        IsRed(masked, s_left).ShouldBeFalse();
        IsRed(masked, s_right).ShouldBeTrue();
        IsRed(masked, new Box(4, 70, 12, 14)).ShouldBeTrue();
        var lines = File.ReadAllLines(PathOf("a.jsonl"));
        JsonElement.Parse(lines[0]).GetProperty("corrections").GetString().ShouldBe(Hash(corrections));
        lines.Length.ShouldBe(4);

        var ignoring = Write(picture, """ "ignore": [[0, 0, 60, 60]] """);
        Blur(picture, "--out", PathOf("c.png"), "--apply", ignoring).ExitCode.ShouldBe(0);
        IsRed(PictureFile.Read(PathOf("c.png")), s_left).ShouldBeFalse();
        IsRed(PictureFile.Read(PathOf("c.png")), s_right).ShouldBeTrue();
    }

    [Fact]
    public void in_a_video_corrections_hold_for_spans_of_time()
    {
        var tools = VideoTools.OrSkip();
        var clip = tools.Make(PathOf("clip.mkv"), new FrameRate(10, 1), 10, _ => Scene(100, 90, (s_left, White)));
        var corrections = Write(
            clip,
            """
            "spans": [{ "from": 0.35, "to": 0.65, "mask": [[60, 40, 20, 20]], "clear": [[12, 20, 16, 16]] }]
            """);

        var call = Blur(clip, "--out", PathOf("out.mkv"), "--apply", corrections);

        call.ExitCode.ShouldBe(0, call.Error);
        var frames = tools.Frames(PathOf("out.mkv"));
        frames.Select(frame => IsRed(frame, new Box(60, 40, 20, 20)))
            .ShouldBe(Enumerable.Range(0, 10).Select(i => i is >= 4 and <= 6));
        frames.Select(frame => IsRed(frame, s_left)).ShouldBe(Enumerable.Range(0, 10).Select(i => i is < 4 or > 6));
    }

    [Fact]
    public void the_review_of_another_picture_is_refused_with_the_reason()
    {
        var (picture, other) = (Save("a.png"), Save("b/c.png"));
        var corrections = Write(picture, """ "clear": [[13, 20, 16, 16]] """);
        Blur(other, "--out", PathOf("out.png"), "--apply", corrections)
            .ShouldBeRefused("is the review of other files", "give the files that were reviewed");

        // The same name with another content.
        PictureFile.Write(Scene(100, 90, (s_right, White)), PathOf("d/a.png"));
        var call = Blur(PathOf("d/a.png"), "--out", PathOf("out.png"), "--apply", corrections);
        call.ExitCode.ShouldBe(2);
        call.Faults.ShouldHaveSingleItem().ShouldContain(
            "is the review of another file of that name; the hash of this one is");
        File.Exists(PathOf("out.png")).ShouldBeFalse();

        Blur(picture, "--out", PathOf("out.png"), "--apply", PathOf("none.json")).ShouldBeRefused("cannot be read");
        File.WriteAllText(PathOf("bad.json"), "{\"corrections\": 1, \"files\": [{}]}");
        Blur(picture, "--out", PathOf("out.png"), "--apply", PathOf("bad.json")).ShouldBeRefused(
            "is not a file of corrections");
        Blur(picture, "--out", PathOf("out.png"), "--apply", corrections, "--verify").ShouldBeRefused(
            "--verify would mask");
    }

    [Fact]
    public void another_picture_of_the_name_of_a_reviewed_one_is_masked_as_usual()
    {
        var picture = Save("2024/a.png");
        PictureFile.Write(Scene(100, 90, (s_right, White)), PathOf("2025/a.png"));
        var corrections = Write(picture, """ "clear": [[13, 20, 16, 16]] """);

        var call = Blur(
            PathOf("2024"), PathOf("2025"), "--out", PathOf("out"), "--apply", corrections);

        call.ExitCode.ShouldBe(0, call.Error);
        IsRed(PictureFile.Read(PathOf("out/a.png")), s_left).ShouldBeFalse();
        IsRed(PictureFile.Read(PathOf("out/a-2.png")), s_right).ShouldBeTrue();
    }

    [Theory]
    [InlineData(""" "maks": [[4, 70, 12, 14]] """, "'maks' is not a key of corrections")]
    [InlineData(""" "spans": [{ "from": 2, "to": 1 }] """, "a span from 2 to 1 ends before it begins")]
    [InlineData(""" "mask": 7 """, "a key is missing or holds another kind of value")]
    [InlineData(""" "spans": [{ "from": 0, "to": 1, "mask": [[4, 70, 12, 14]] }] """,
        "have spans of time, but it is an image")]
    [InlineData(""" "mask": [[100, 20, 10, 10]] """, "the box [100, 20, 10, 10], which is outside of its 100x90 px")]
    [InlineData(""" "clear": [[-30, 20, 20, 20]] """, "the box [-30, 20, 20, 20], which is outside")]
    [InlineData(""" "ignore": [[5, 2000, 20, 20]] """, "which is outside")]
    public void a_correction_that_would_be_lost_is_refused(string decisions, string reported)
    {
        var picture = Save("a.png");

        var call = Blur(picture, "--out", PathOf("b.png"), "--apply", Write(picture, decisions));

        call.ExitCode.ShouldBe(2);
        call.Error.ShouldContain(reported);
        File.Exists(PathOf("b.png")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("{\n\n[", "in line 3)")]
    public void a_file_that_is_no_json_is_reported_in_plain_words(string text, string reported)
    {
        File.WriteAllText(PathOf("bad.json"), text);
        foreach (var option in (string[])["--apply", "--certificate"])
        {
            var call = Blur(Save("a.png"), "--out", PathOf("b.png"), option, PathOf("bad.json"));
            call.ShouldBeRefused(reported.TrimEnd(')'));
            call.Error.ShouldNotContain("BytePosition");
            call.Error.ShouldNotContain("isFinalBlock");
        }
    }

    [Fact]
    public void a_box_that_reaches_beyond_the_picture_is_cut_with_a_word()
    {
        var picture = Save("a.png");
        var corrections = Write(picture, """ "mask": [[90, 80, 50, 50], [0, 60, 10, 10]] """);

        var call = Blur(picture, "--out", PathOf("b.png"), "--apply", corrections);

        call.ExitCode.ShouldBe(0, call.Error);
        call.Error.ShouldContain(", 1 box of --apply cut at the edges of the image");
        IsRed(PictureFile.Read(PathOf("b.png")), new Box(92, 82, 6, 6)).ShouldBeTrue();
    }

    [Fact]
    public void boxes_with_two_decimals_as_the_page_saves_them_are_not_told_as_cut()
    {
        var picture = Save("a.png");
        var corrections = Write(
            picture,
            """ "mask": [[4.64, 70.11, 12.11, 14.03], [87.87, 60.2, 12.14, 14.7]], """
            + """ "clear": [[4.1, 70.2, 12.3, 14.7]] """);

        var call = Blur(picture, "--out", PathOf("b.png"), "--apply", corrections);

        call.ExitCode.ShouldBe(0, call.Error);
        call.Error.ShouldNotContain("cut at the edges");
    }

    [Fact]
    public void a_span_at_the_end_of_an_uneven_video_holds_though_the_container_tells_a_shorter_length()
    {
        var tools = VideoTools.OrSkip();
        var clip = PathOf("uneven.mp4");
        tools.Ffmpeg(
            "-f", "lavfi", "-i", "color=black:s=100x90:r=30", "-frames:v", "12", "-vf",
            "setpts='if(lt(N,8),N/30,8/30+(N-8)/4)/TB'", "-fps_mode", "passthrough", "-c:v", "libx264", clip);
        var (reported, last) = (VideoInfo.Read(tools, clip).Seconds, UnevenVideoTests.Times(tools, clip)[^1]);
        reported!.Value.ShouldBeLessThan(0.9);
        last.ShouldBeGreaterThan(0.95);

        var call = Blur(clip, "--out", PathOf("out.mkv"), "--apply", Write(
            clip, """ "spans": [{ "from": 0.9, "to": 2, "mask": [[60, 40, 20, 20]] }] """));

        call.ExitCode.ShouldBe(0, call.Error);
        tools.Frames(PathOf("out.mkv")).Select(frame => IsRed(frame, new Box(60, 40, 20, 20)))
            .ShouldBe(Enumerable.Range(0, 12).Select(i => i == 11));
    }

    [Theory]
    [InlineData(""" "spans": [{ "from": 7, "to": 9, "mask": [[4, 70, 12, 14]] }] """,
        "a span from 7 s, but the video ends at 1 s")]
    [InlineData(""" "spans": [{ "from": 0, "to": 1, "mask": [[200, 70, 12, 14]] }] """,
        "which is outside of its 100x90 px")]
    public void corrections_that_never_come_to_bear_in_a_video_are_refused(string decisions, string reported)
    {
        var clip = VideoTools.OrSkip().Make(
            PathOf("clip.mkv"), new FrameRate(10, 1), 10, _ => Scene(100, 90, (s_left, White)));

        var call = Blur(clip, "--out", PathOf("out.mkv"), "--apply", Write(clip, decisions));

        call.ExitCode.ShouldBe(2);
        call.Faults.ShouldHaveSingleItem().ShouldContain(reported);
        File.Exists(PathOf("out.mkv")).ShouldBeFalse();
    }

    [Fact]
    public void the_page_shows_what_was_written_and_names_what_was_not()
    {
        PictureFile.Write(Scene(100, 90, (s_left, White)), PathOf("in/a.png"));
        PictureFile.Write(Scene(100, 90, (s_left, White)), PathOf("in/b.png"));
        File.WriteAllText(PathOf("in/c.png"), "no image");
        Directory.CreateDirectory(PathOf("out/b.png/full"));

        var call = Blur(PathOf("in"), "--out", PathOf("out"), "--review", PathOf("review.html"), "--overwrite");

        call.ExitCode.ShouldBe(1, call.Error);
        call.Faults.Length.ShouldBe(2);
        var page = File.ReadAllText(PathOf("review.html"));
        var absent =
            page[page.IndexOf("Not on this page", StringComparison.Ordinal)..page.IndexOf(
                "</ul>", StringComparison.Ordinal)];
        absent.ShouldContain("b.png: ");
        absent.ShouldContain("c.png: ");
        absent.ShouldNotContain("a.png: ");
        absent.Split("c.png: ").Length.ShouldBe(2);
        page.Split("<svg viewBox").Length.ShouldBe(2);
    }

    [Fact]
    public void no_page_is_written_where_no_copy_was()
    {
        var picture = Save("a.png");
        Directory.CreateDirectory(PathOf("out/a.png/full"));

        var call = Blur(picture, "--out", PathOf("out"), "--review", PathOf("review.html"), "--overwrite");

        call.ExitCode.ShouldBe(2);
        call.Error.ShouldContain("there is no image to show, so no page was written");
        Directory.GetFiles(_folder.FullName).ShouldBe([picture], "nor is a part of it left");
    }

    [Fact]
    public void a_page_that_cannot_be_written_ends_the_run()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no /dev/full.");

        var call = Blur(Save("a.png"), "--out", PathOf("out.png"), "--review", "/dev/full", "--overwrite");

        call.ExitCode.ShouldBe(2);
        call.Error.ShouldContain("faceloupe: --review /dev/full: cannot be written: no space left on device");
        File.Exists(PathOf("out.png")).ShouldBeTrue();
    }

    [Fact]
    public void videos_that_the_page_does_not_show_are_named_on_it_and_told()
    {
        VideoTools.OrSkip().Make(PathOf("in/clip.mkv"), new FrameRate(10, 1), 3, _ => Scene(100, 90, (s_left, White)));
        PictureFile.Write(Scene(100, 90, (s_left, White)), PathOf("in/a.png"));

        var call = Blur(PathOf("in"), "--out", PathOf("out"), "--review", PathOf("review.html"));

        call.ExitCode.ShouldBe(0, call.Error);
        call.Faults.ShouldHaveSingleItem().ShouldContain(
            "clip.mkv: is a video, and the page of --review shows images only");
        File.ReadAllText(PathOf("review.html")).ShouldContain("clip.mkv: is a video");
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("b.png")]
    [InlineData("notes.html")]
    public void the_page_takes_the_place_of_no_file(string page)
    {
        var picture = Save("a.png");
        File.WriteAllText(PathOf("notes.html"), "mine");
        var before = File.ReadAllBytes(picture);

        var call = Blur(picture, "--out", PathOf("b.png"), "--review", PathOf(page));

        call.ExitCode.ShouldBe(2);
        call.Error.ShouldContain("--review");
        File.ReadAllBytes(picture).ShouldBe(before);
        File.ReadAllText(PathOf("notes.html")).ShouldBe("mine");
    }

    [Fact]
    public void the_page_holds_all_that_it_shows_and_asks_nothing_of_the_network()
    {
        Blur(Save("<i>a.png"), "--out", PathOf("out.png"), "--review", PathOf("review.html")).ExitCode.ShouldBe(0);

        var page = File.ReadAllText(PathOf("review.html"));
        page.ShouldContain("src=\"data:image/jpeg;base64,");
        page.ShouldContain("default-src 'none'");
        page.ShouldNotContain("<i>");
        page.Contains("http://", StringComparison.Ordinal).ShouldBe(
            page.Contains("http://www.w3.org/2000/svg", StringComparison.Ordinal));
        page.ShouldContain("\"masked\":true");
    }

    private static CliCall Blur(params string[] args) =>
        CliCall.Run(["blur", .. args, "--mask", "solid", "--color", "#ff0000", "--model", Folder]);

    private static bool IsRed(Picture picture, Box at)
    {
        var place = picture.OffsetOf((int)at.CenterX, (int)at.CenterY);
        return picture.Pixels[place] > 200 && picture.Pixels[place + 1] < 60 && picture.Pixels[place + 2] < 60;
    }

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private string Save(string name)
    {
        PictureFile.Write(
            name == "b/c.png" ? Scene(90, 80, (s_left, White)) : Scene(100, 90, (s_left, White), (s_right, White)),
            PathOf(name));
        return PathOf(name);
    }

    private string Write(string file, string decisions)
    {
        var path = PathOf(string.Create(CultureInfo.InvariantCulture, $"corrections-{decisions.Length}.json"));
        File.WriteAllText(
            path,
            $$"""{"corrections": 1, "files": [{"file": {{JsonSerializer.Serialize(file)}}, """
            + $$""" "sha256": "{{Hash(file)}}", """ + decisions + "}]}");
        return path;
    }
}
