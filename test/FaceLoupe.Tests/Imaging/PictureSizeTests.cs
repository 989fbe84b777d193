using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Imaging;

public sealed class PictureSizeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.jpg")]
    [InlineData("a.webp")]
    public void The_header_tells_the_size(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        PictureFile.Write(new Picture(61, 47), path);
        PictureSize.Read(path).ShouldBe(new PictureSize(61, 47));
        PictureSize.Read(File.ReadAllBytes(path), name).ShouldBe(new PictureSize(61, 47));
    }

    [Fact]
    public void What_is_no_picture_is_refused()
    {
        var path = Path.Combine(_folder.FullName, "a.jpg");
        Should.Throw<UnreadablePictureException>(() => PictureSize.Read(path)).Message.ShouldContain("no such file");
        File.WriteAllText(path, "no image");
        Should.Throw<UnreadablePictureException>(() => PictureSize.Read(path)).Message.ShouldContain("not an image");
        Should.Throw<UnreadablePictureException>(() => PictureSize.Read("no image"u8, "a.jpg")).Message
            .ShouldContain("a.jpg: not an image");
        Should.Throw<UnreadablePictureException>(() => PictureSize.Read([], "a.jpg")).Message.ShouldContain("a.jpg");
    }
}
