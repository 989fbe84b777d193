using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Imaging;

public sealed class PictureFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("faceloupe-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Png_round_trips_exactly()
    {
        var path = Path.Combine(_folder, "new", "folder", "cells.PNG");
        PictureFile.Write(TestPictures.Cells(), path);
        PictureFile.Read(path).ShouldBeNear(TestPictures.Cells(), 0);
    }

    [Theory]
    [InlineData("cells.jpg", 0xFF)]
    [InlineData("cells.jpeg", 0xFF)]
    [InlineData("cells.webp", (byte)'R')]
    [InlineData("cells.png", 0x89)]
    public void The_extension_chooses_the_format(string name, byte firstByte)
    {
        var path = Path.Combine(_folder, name);
        PictureFile.Write(TestPictures.Cells(), path);
        File.ReadAllBytes(path)[0].ShouldBe(firstByte);
        PictureFile.Read(path).Width.ShouldBe(48);
        Directory.GetFiles(_folder).ShouldBe([path]);
    }

    [Fact]
    public void Lower_quality_makes_a_smaller_file()
    {
        var picture = TestPictures.Make(64, 64, (x, y) => ((byte)(x * 37 * y), (byte)(x * y), (byte)(y * 91)));
        PictureFile.Encode(picture, PictureFormat.Jpeg, 30).Length
            .ShouldBeLessThan(PictureFile.Encode(picture, PictureFormat.Jpeg, 90).Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void A_quality_outside_1_to_100_is_refused(int quality) =>
        Should.Throw<ArgumentOutOfRangeException>(
            () => PictureFile.Encode(TestPictures.Cells(), PictureFormat.Jpeg, quality));

    [Theory]
    [InlineData("out.tif")]
    [InlineData("out")]
    public void An_extension_that_is_not_written_is_refused(string name) =>
        Should.Throw<FaceLoupeException>(() => PictureFile.Write(TestPictures.Cells(), Path.Combine(_folder, name)))
            .Message.ShouldEndWith(
                "images are written as .png, .jpg, .jpeg or .webp; choose one of these extensions.");

    [Fact]
    public void A_picture_too_wide_for_the_format_is_refused() =>
        Should.Throw<FaceLoupeException>(() => PictureFile.Encode(new Picture(17_000, 1), PictureFormat.Webp))
            .Message.ShouldContain("17000x1");

    [Theory]
    [InlineData("missing.jpg", "there is no such file.")]
    [InlineData("missing/missing.jpg", "there is no such file.")]
    [InlineData("", "is a folder, not a JPEG, PNG, WebP, BMP or GIF image.")]
    public void What_is_not_there_is_named(string name, string expected)
    {
        var path = Path.Combine(_folder, name);
        Should.Throw<UnreadablePictureException>(() => PictureFile.Read(path)).Message.ShouldBe($"{path}: {expected}");
    }

    [Theory]
    [InlineData("a/b.JPG", true)]
    [InlineData("b.jpeg", true)]
    [InlineData("b.webp", true)]
    [InlineData("b.gif", true)]
    [InlineData("b.bmp", true)]
    [InlineData("b.tif", true)] // of a codec
    [InlineData("b.txt", false)]
    [InlineData("b", false)]
    [InlineData("jpg", false)]
    public void Picture_extensions_are_known_in_any_case(string path, bool expected) =>
        PictureFile.HasPictureExtension(path).ShouldBe(expected);
}
