using FaceLoupe.Datasets;
using FaceLoupe.Geometry;

namespace FaceLoupe.Tests.Datasets;

public sealed class YoloDatasetTests : IDisposable
{
    private readonly SmallFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_are_relative_to_the_picture_s_size()
    {
        // 61 x 47 px; centre in the middle, a third of its width and half its height.
        _folder.Write("labels/a.b.txt", "3 0.5 0.5 0.33333333333 0.5\n\n0 0.5 0.5 0 0.1\n");
        var folder = Read();
        folder.Pictures.Count.ShouldBe(3); // pictures without a file have no faces
        var face = folder.Pictures.Single(picture => picture.Name == "a.b.png").Faces.ShouldHaveSingleItem();
        face.Box.ShouldBeNear(new Box(61 / 3f, 47 / 4f, 61 / 3f, 47 / 2f), 1e-4f);
        folder.Report.CountOf(AnnotationOddity.EmptyBox).ShouldBe(1);
    }

    [Theory]
    [InlineData("0 0.5 0.5 0.1")]
    [InlineData("0 0.5 0.5 0.1 0.1 0.9")]
    [InlineData("face 0.5 0.5 0.1 0.1")]
    [InlineData("0 0.5 0.5 0.1 NaN")]
    public void Malformed_rows_name_file_and_line(string row)
    {
        _folder.Write("labels/a.b.txt", "0 0.5 0.5 0.1 0.1\n" + row);
        Should.Throw<FaceLoupeException>(Read).Message.ShouldContain(
            "a.b.txt, line 2: wanted a class and 'x y width height' relative to the picture");
    }

    [Fact]
    public void Labels_for_other_pictures_only_are_an_error()
    {
        _folder.Write("labels/z.txt", "0 0.5 0.5 0.1 0.1");
        Should.Throw<FaceLoupeException>(Read).Message.ShouldContain("no file belongs to a picture of");
    }

    private AnnotatedFolder Read() => YoloDataset.Read(_folder.PathOf("labels"), _folder.Images);
}
