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
        folder.Pictures.Count.ShouldBe(3); // images without a file have no faces
        var face = folder.Pictures.Single(picture => picture.Name == "a.b.png").Faces.ShouldHaveSingleItem();
        face.Box.ShouldBeNear(new Box(61 / 3f, 47 / 4f, 61 / 3f, 47 / 2f), 1e-4f);
        folder.Report.CountOf(AnnotationOddity.EmptyBox).ShouldBe(1);
    }

    [Theory]
    [InlineData("0 0.25 0.25 0.5 0.25 0.5 0.5", AnnotationOddity.Outline)] // a triangle
    // seven points
    [InlineData("0 0.25 0.5 0.3 0.4 0.35 0.3 0.4 0.25 0.45 0.35 0.5 0.3 0.5 0.5", AnnotationOddity.Outline)]
    [InlineData("0 0.375 0.375 0.25 0.25 0.3 0.3 0.45 0.3 0.37 0.4 0.3 0.45 0.45 0.45", AnnotationOddity.Landmarks)]
    [InlineData("0 0.375 0.375 0.25 0.25 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1", AnnotationOddity.Landmarks)]
    [InlineData(
        "0 0.375 0.375 0.25 0.25 0.3 0.3 2 0.4 0.3 2 0.37 0.4 2 0.3 0.4 1 0.4 0.4 0", AnnotationOddity.Landmarks)]
    public void Outlines_and_landmarks_are_understood_and_counted(string row, AnnotationOddity oddity)
    {
        _folder.Write("labels/a.b.txt", row + "\n0 0.5 0.5 0.1 0.1\n");
        var folder = Read();
        var faces = folder.Pictures.Single(picture => picture.Name == "a.b.png").Faces;
        faces.Count.ShouldBe(2);
        faces[0].Box.ShouldBeNear(new Box(61 * 0.25f, 47 * 0.25f, 61 * 0.25f, 47 * 0.25f), 1e-3f);
        folder.Report.CountOf(oddity).ShouldBe(1);
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
            "a.b.txt, line 2: expected a class and 'x y width height' relative to the image");
    }

    [Fact]
    public void Labels_for_other_pictures_only_are_an_error()
    {
        _folder.Write("labels/z.txt", "0 0.5 0.5 0.1 0.1");
        Should.Throw<FaceLoupeException>(Read).Message.ShouldContain("no file belongs to an image of");
    }

    private AnnotatedFolder Read() => YoloDataset.Read(_folder.PathOf("labels"), _folder.Images);
}
