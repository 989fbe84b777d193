using FaceLoupe.Cli.Detection.FacePictures;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;
using static FaceLoupe.Cli.Tests.Detection.DetectScenes;

namespace FaceLoupe.Cli.Tests.Detection;

public sealed class FacePicturesTests : IDisposable
{
    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Fact]
    public void crops_are_the_very_pixels_of_the_box()
    {
        Detect(_scenes.Save("a.png"), "--crops", _scenes.PathOf("crops")).ExitCode.ShouldBe(0);

        // 12.8 to 28.8: the pixels 12 to 28 are touched, of which all but the last are white.
        var crop = PictureFile.Read(_scenes.PathOf("crops/a_0001.png"));
        (crop.Width, crop.Height).ShouldBe((17, 16));
        crop.Pixels[crop.OffsetOf(15, 8)].ShouldBe((byte)255);
        crop.Pixels[crop.OffsetOf(16, 8)].ShouldBe((byte)0);
    }

    [Fact]
    public void a_scale_leaves_room_around_the_face_as_far_as_the_picture_goes()
    {
        Detect(_scenes.Save("a.png"), "--crops", _scenes.PathOf("crops"), "--crop-scale", "3").ExitCode.ShouldBe(0);

        // 48 px about 20.8, 28: from -3.2 to 44.8 across, from 4 to 52 down.
        var crop = PictureFile.Read(_scenes.PathOf("crops/a_0001.png"));
        (crop.Width, crop.Height).ShouldBe((45, 48));
    }

    [Theory]
    [InlineData(-5, -5, 3, 3, 1, 1)]
    [InlineData(63.5f, 47.5f, 9, 9, 1, 1)]
    [InlineData(90, 90, 9, 9, 1, 1)]
    [InlineData(0, 0, 64, 48, 64, 48)]
    [InlineData(10.5f, 10, 0.2f, 1, 1, 1)]
    public void a_crop_is_never_empty(float x, float y, float width, float height, int cutWidth, int cutHeight)
    {
        var crop = FaceCrops.Cut(new Picture(64, 48), new Box(x, y, width, height));
        (crop.Width, crop.Height).ShouldBe((cutWidth, cutHeight));
    }

    [Theory]
    [InlineData("--annotate", "a.png")]
    [InlineData("--annotate", "")]
    [InlineData("--crops", "")]
    [InlineData("--out", "a.png")]
    public void inputs_are_not_replaced_through_a_link_to_their_folder(string option, string file)
    {
        Directory.CreateDirectory(_scenes.PathOf("real"));
        Directory.CreateSymbolicLink(_scenes.PathOf("link"), _scenes.PathOf("real"));
        string[] inputs = [_scenes.Save("real/a.png"), _scenes.Save("real/a_0001.png", face: false)];
        var before = inputs.Select(File.ReadAllBytes).ToArray();

        Detect([.. file.Length > 0 ? inputs[..1] : inputs, option, Path.Join(_scenes.PathOf("link"), file)])
            .ExitCode.ShouldNotBe(0);

        inputs.Select(File.ReadAllBytes).ShouldBe(before);
    }

    [Fact]
    public void the_file_that_an_input_is_a_link_to_is_not_replaced()
    {
        Directory.CreateDirectory(_scenes.PathOf("links"));
        Directory.CreateDirectory(_scenes.PathOf("real"));
        var real = _scenes.Save("real/a.png");
        var link = File.CreateSymbolicLink(_scenes.PathOf("links/a.png"), real).FullName;
        var before = File.ReadAllBytes(real);

        Detect(link, "--annotate", _scenes.PathOf("real")).ExitCode.ShouldNotBe(0);
        Detect(link, "--out", real).ShouldBeRefused("would overwrite the input");

        File.ReadAllBytes(real).ShouldBe(before);
    }

    [Fact]
    public void places_elsewhere_are_not_taken_for_folders_here()
    {
        var picture = _scenes.Save("a.png");

        foreach (var option in (string[])["--annotate", "--crops"])
        {
            Detect(picture, option, "s3://results/faces").Error.ShouldContain("is not on this machine");
        }

        Detect(picture, "--out", "https://example.org/a.json").ShouldBeRefused("only s3:// places are");
        Detect(picture, "--out", "gs://b/a.json").ShouldBeRefused("--out gs://b/a.json: is not on this machine");
        Detect(picture, "--out", "gs://b/labels", "--format", "yolo").ShouldBeRefused("is not on this machine");
        Directory.Exists("s3:").ShouldBeFalse();
        Directory.Exists("gs:").ShouldBeFalse();
    }

    [Fact]
    public void names_of_crops_never_collide()
    {
        string[] pictures =
        [
            _scenes.Save("p/x.jpg"), _scenes.Save("p/x.png"), _scenes.Save("p/x_0001.png"), _scenes.Save("p/q/x.png"),
            _scenes.Save("p/x.jpg.png"),
        ];

        Detect([.. pictures, "--crops", _scenes.PathOf("crops")]).ExitCode.ShouldBe(0);

        _scenes.FilesIn("crops").Length.ShouldBe(5);
        _scenes.FilesIn("crops").ShouldContain("q/x_0001.png");
        _scenes.FilesIn("crops").ShouldContain("x_0001_0001.png");
    }

    [Fact]
    public void crops_never_overwrite_the_inputs()
    {
        _scenes.Save("p/x.png");
        var input = _scenes.Save("p/x_0001.png");
        var before = File.ReadAllBytes(input);

        var call = Detect(_scenes.PathOf("p"), "--crops", _scenes.PathOf("p"));

        call.ExitCode.ShouldBe(1);
        call.Faults.ShouldHaveSingleItem().ShouldContain("would overwrite the input");
        File.ReadAllBytes(input).ShouldBe(before);
    }

    [Fact]
    public void small_faces_are_super_resolved_and_large_ones_cut_out()
    {
        // The tiny model's generator makes 32 px of 8; context doubles a face of 8 px to 16, one of 32 px to 64.
        var picture = _scenes.PathOf("a.png");
        PictureFile.Write(
            TinyModel.Scene(
                100,
                90,
                (TinyModel.Square(8, 4, 4), TinyModel.White),
                (TinyModel.Square(32, 3, 2), TinyModel.White)),
            picture);

        var call = Detect(picture, "--super-resolve", _scenes.PathOf("sharp"));

        var sides = call.Json.GetProperty("images")[0].GetProperty("faces").EnumerateArray()
            .Select(face => face.GetProperty("width").GetDouble() < 16 ? 32 : 64).ToArray();
        sides.Order().ShouldBe([32, 64]);
        _scenes.FilesIn("sharp")
            .Select(name => PictureFile.Read(_scenes.PathOf($"sharp/{name}")).Width).ShouldBe(sides);

        // The face is in the middle of its window.
        var small = PictureFile.Read(_scenes.PathOf($"sharp/a_{Array.IndexOf(sides, 32) + 1:0000}.png"));
        ((int)small.Pixels[small.OffsetOf(16, 16)]).ShouldBeGreaterThan(small.Pixels[small.OffsetOf(1, 1)]);
    }
}
