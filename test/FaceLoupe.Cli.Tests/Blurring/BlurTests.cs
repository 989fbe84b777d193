using System.IO.Pipes;
using System.Text;
using System.Text.Json;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Cli.Tests.Video;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Tests;
using FaceLoupe.Tests.Documentation;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Cli.Tests.Blurring;

public sealed class BlurTests : BlurScenes
{
    private static readonly string Cells =
        RepositoryRoot.Combine("test", "FaceLoupe.Tests", "Imaging", "Reference", "cells.bmp");

    [Theory]
    [InlineData("gaussian")]
    [InlineData("pixelate")]
    [InlineData("solid")]
    public void a_face_is_masked_and_the_rest_stays(string mask)
    {
        var picture = Save("a.png");
        var before = PictureFile.Read(picture);

        var call = Blur(picture, "--out", PathOf("new/masked.png"), "--mask", mask, "--shape", "box");

        (call.ExitCode, call.Output).ShouldBe((0, ""));
        call.Error.ShouldContain("threshold 0.5: the share of the faces it finds was not measured\n");
        call.Error.ShouldContain($"{picture} -> {PathOf("new/masked.png")}: 1 region masked, ");
        var after = PictureFile.Read(PathOf("new/masked.png"));
        var masked = Square(16, 2, 3).Translate(0.8f, 0).Enlarge(1.3f).Enlarge(1.1f);
        for (var i = 0; i < before.Pixels.Length; i++)
        {
            var (x, y) = (i / 3 % before.Width, i / 3 / before.Width);
            if (!(x >= masked.X - 1 && x <= masked.Right && y >= masked.Y - 1 && y <= masked.Bottom))
            {
                after.Pixels[i].ShouldBe(before.Pixels[i], $"{x},{y}");
            }
        }

        Brightness(after, (int)Place.X, (int)Place.Y).ShouldBeLessThan(255);
        call.Error.Contains("a Gaussian blur can be undone", StringComparison.Ordinal).ShouldBe(mask == "gaussian");
    }

    [Fact]
    public void a_solid_mask_has_the_colour_and_size_asked_for()
    {
        Blur(Save("a.png"), "--out", PathOf("b.png"), "--mask", "solid", "--color", "#10ff20", "--mask-scale", "2")
            .ExitCode.ShouldBe(0);

        var after = PictureFile.Read(PathOf("b.png"));
        var at = after.OffsetOf((int)Place.CenterX, (int)Place.Y - 7);
        after.Pixels[at..(at + 3)].ShouldBe([0x10, 0xff, 0x20]);
        Brightness(after, (int)Place.CenterX, (int)Place.Y - 9).ShouldBe(0);
    }

    [Fact]
    public void a_soft_rim_is_made_where_it_is_asked_for_and_noted_in_the_audit()
    {
        var picture = Save("a.png");
        string[] line =
            [picture, "--mask", "solid", "--color", "#ff00ff", "--shape", "box", "--mask-scale", "1", "--out"];
        var (hard, soft) = (PathOf("hard.png"), PathOf("soft.png"));
        var audit = PathOf("soft.jsonl");

        Blur([.. line, hard]).ExitCode.ShouldBe(0);
        Blur([.. line, soft, "--feather", "0.5", "--audit", audit]).ExitCode.ShouldBe(0);

        JsonElement.Parse(File.ReadLines(audit).First()).GetProperty("feather").GetDouble().ShouldBe(0.5);
        var (one, other) = (PictureFile.Read(hard), PictureFile.Read(soft));
        int[] masked =
            [.. Enumerable.Range(0, one.Pixels.Length / 3).Where(
                i => one.Pixels[3 * i] == 255 && one.Pixels[(3 * i) + 1] == 0)];
        masked.Length.ShouldBeGreaterThanOrEqualTo(16 * 16);
        masked.ShouldAllBe(i => other.Pixels[3 * i] == 255 && other.Pixels[(3 * i) + 1] == 0);
        one.Pixels.Zip(other.Pixels).Count(pair => pair.First != pair.Second).ShouldBeGreaterThan(400);
        Blur([.. line, soft, "--feather", "2"]).ShouldBeRefused("--feather");
    }

    [Fact]
    public void the_format_follows_the_input_and_formats_that_are_only_read_become_png()
    {
        Save("in/a.jpg");
        Save("in/b.webp");
        File.Copy(Cells, PathOf("in/c.bmp"));

        Blur(PathOf("in"), "--out", PathOf("out")).ExitCode.ShouldBe(0);

        Names("out").ShouldBe(["a.jpg", "b.webp", "c.png"]);
        File.ReadAllBytes(PathOf("out/a.jpg"))[..2].ShouldBe([0xFF, 0xD8]);
        Encoding.ASCII.GetString(File.ReadAllBytes(PathOf("out/b.webp"))[..4]).ShouldBe("RIFF");
    }

    [Fact]
    public void subfolders_are_taken_when_asked_for_and_keep_their_paths()
    {
        Save("in/a.png");
        Save("in/x/a.png");
        Save("in/x/y/b.png");

        Blur(PathOf("in"), "--out", PathOf("flat")).ExitCode.ShouldBe(0);
        Blur(PathOf("in"), "--out", PathOf("deep"), "--recursive").ExitCode.ShouldBe(0);

        Names("flat").ShouldBe(["a.png"]);
        Names("deep").ShouldBe(["a.png", "x/a.png", "x/y/b.png"]);
    }

    [Fact]
    public void patterns_stand_for_files_of_pictures()
    {
        Save("in/a.png");
        Save("in/x/b.png");
        Save("in/x/c.jpg");

        Blur(PathOf("in/**/*.png"), "--out", PathOf("out")).ExitCode.ShouldBe(0);
        Names("out").ShouldBe(["a.png", "x/b.png"]);
        Blur(PathOf("in/*.gif"), "--out", PathOf("out")).ShouldBeRefused("no file matches", "image or video");
    }

    [Fact]
    public void patterns_stand_for_videos()
    {
        VideoTools.OrSkip();
        Save("in/x/b.png");
        File.WriteAllText(PathOf("in/x/d.mkv"), "no video");

        Blur(PathOf("in/*/*.mkv"), "--out", PathOf("out")).Faults.ShouldHaveSingleItem().ShouldContain("d.mkv");
    }

    [Fact]
    public void results_inside_the_folder_of_inputs_are_no_inputs()
    {
        Save("in/a.png");

        Blur(PathOf("in"), "--out", PathOf("in/masked"), "--recursive").ExitCode.ShouldBe(0);
        Blur(PathOf("in"), "--out", PathOf("in/masked"), "--recursive", "--overwrite").ExitCode.ShouldBe(0);

        Names("in").ShouldBe(["a.png", "masked/a.png"]);
    }

    [Fact]
    public void two_inputs_of_one_name_get_two_results()
    {
        Blur(Save("a.png"), Save("x/a.png"), "--out", PathOf("out")).ExitCode.ShouldBe(0);

        Names("out").ShouldBe(["a-2.png", "a.png"]);
    }

    [Fact]
    public void originals_are_never_overwritten_unasked()
    {
        var picture = Save("in/a.png");
        var before = File.ReadAllBytes(picture);

        Blur(picture, "--out", picture).ShouldBeRefused("would overwrite the original", picture, "--overwrite");
        Blur(PathOf("in"), "--out", PathOf("in")).ShouldBeRefused("would overwrite the original");
        Blur(picture, "--out", PathOf("in/../in/./a.png")).ShouldBeRefused("would overwrite the original");
        File.ReadAllBytes(picture).ShouldBe(before);

        Blur(picture, "--out", picture, "--overwrite", "--mask", "solid").ExitCode.ShouldBe(0);
        Brightness(PictureFile.Read(picture), (int)Place.CenterX, (int)Place.CenterY).ShouldBe(0);
    }

    [Fact]
    public void a_result_never_takes_the_place_of_another_input()
    {
        Directory.CreateDirectory(PathOf("in"));
        File.Copy(Cells, PathOf("in/a.bmp"));
        var picture = Save("in/a.png");

        Blur(PathOf("in"), "--out", PathOf("in"), "--overwrite", "--mask", "solid").ExitCode.ShouldBe(1);

        // The cells went elsewhere, and the masked a.png is still the scene.
        Names("in").ShouldBe(["a-2.png", "a.bmp", "a.png"]);
        PictureFile.Read(picture).Width.ShouldBe(100);
        PictureFile.Read(PathOf("in/a-2.png")).Width.ShouldBe(48);
    }

    [Fact]
    public void what_lies_at_the_target_stays_unless_asked()
    {
        Save("in/a.png");
        Save("in/b.png");
        Directory.CreateDirectory(PathOf("out"));
        File.WriteAllText(PathOf("out/a.png"), "precious");

        var call = Blur(PathOf("in"), "--out", PathOf("out"));

        call.ExitCode.ShouldBe(1);
        call.Faults.ShouldHaveSingleItem().ShouldContain("already exists; --overwrite replaces it");
        File.ReadAllText(PathOf("out/a.png")).ShouldBe("precious");
        File.Exists(PathOf("out/b.png")).ShouldBeTrue();
        Blur(PathOf("in"), "--out", PathOf("out"), "--overwrite").ExitCode.ShouldBe(0);
        PictureFile.Read(PathOf("out/a.png")).Width.ShouldBe(100);
    }

    [Fact]
    public void bad_inputs_do_not_stop_the_others()
    {
        File.WriteAllText(PathOf("text.jpg"), "no image");
        File.WriteAllBytes(PathOf("zero.png"), []);

        var call = Blur(
            PathOf("text.jpg"), PathOf("zero.png"), PathOf("none.png"), Save("good.png"), "--out", PathOf("out"),
            "--audit", PathOf("audit.jsonl"));

        call.ExitCode.ShouldBe(1);
        call.Faults.Length.ShouldBe(3);
        call.Error.ShouldContain("1 region masked in 1 file");
        call.Error.ShouldContain("3 inputs failed");
        Names("out").ShouldBe(["good.png"]);
        Audit("audit.jsonl").Select(line => line.GetProperty("type").GetString())
            .ShouldBe(["header", "failed", "failed", "failed", "region", "done"]);
    }

    [Fact]
    public void nothing_but_bad_inputs_is_nothing_done()
    {
        Blur(PathOf("none.jpg"), "--out", PathOf("out")).ExitCode.ShouldBe(2);
        Blur(Directory.CreateDirectory(PathOf("empty")).FullName, "--out", PathOf("out"))
            .ShouldBeRefused("holds no images or videos");
    }

    [Fact]
    public void a_picture_without_faces_is_written_too()
    {
        PictureFile.Write(Scene(60, 60), PathOf("empty.png"));

        Blur(PathOf("empty.png"), "--out", PathOf("out.png")).Error.ShouldContain("0 regions masked");

        PictureFile.Read(PathOf("out.png")).Pixels.ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void one_file_cannot_take_several_pictures()
    {
        var (a, b) = (Save("a.png"), Save("b.png"));
        File.WriteAllText(PathOf("file"), "");
        Blur(a, b, "--out", PathOf("file")).ShouldBeRefused("give a folder");
        Blur(a, "--out", PathOf("c.gif")).ShouldBeRefused("images are written as .png, .jpg");
    }

    [Theory]
    [InlineData("'--out'")]
    [InlineData("'fog'", "--out", "b", "--mask", "fog")]
    [InlineData("--mask-scale is '0.5', not a number from 1 to 5", "--out", "b", "--mask-scale", "0.5")]
    [InlineData("--color is 'mauve', not #RRGGBB", "--out", "b", "--mask", "solid", "--color", "mauve")]
    [InlineData("--color is for --mask solid only", "--out", "b", "--color", "white")]
    [InlineData("--carry is '61', not a whole number from 0 to 60", "--out", "b", "--carry", "61")]
    [InlineData("--detect-every is '31', not a whole number from 1 to 30", "--out", "b", "--detect-every", "31")]
    [InlineData("--min-score and --certificate both choose", "--out", "b", "--certificate", "c.json",
        "--min-score", "0.1")]
    [InlineData("--resume keeps the files", "--out", "b", "--resume", "--overwrite")]
    [InlineData("--target-recall is '99', not a number from 0 to 1", "--out", "b", "--target-recall", "99")]
    [InlineData("There is no option '--blurr'", "--out", "b", "--blurr")]
    public void wrong_usage_is_reported_in_one_line(string reported, params string[] args) =>
        CliCall.Run(["blur", "a.jpg", .. args]).ShouldBeRefused(reported);

    [Fact]
    public void a_file_that_is_no_folder_is_reported_with_what_a_picture_may_be_called()
    {
        File.WriteAllText(PathOf("notes"), "");
        Blur(Save("a.png"), "--out", PathOf("notes"))
            .ShouldBeRefused("is a file that is not named like an image or video; give a folder", ".png, .jpg");
        Blur(Save("a.png"), Save("b.png"), "--out", PathOf("notes")).ShouldBeRefused("several files are to go there");
    }
}
