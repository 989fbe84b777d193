using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Imaging;

public sealed class PictureMirrorTests
{
    [Fact]
    public void columns_change_places()
    {
        var picture = new Picture(3, 2, [.. Enumerable.Range(0, 18).Select(value => (byte)value)]);
        PictureMirror.Apply(picture);

        picture.Pixels.ShouldBe([6, 7, 8, 3, 4, 5, 0, 1, 2, 15, 16, 17, 12, 13, 14, 9, 10, 11]);
    }
}
