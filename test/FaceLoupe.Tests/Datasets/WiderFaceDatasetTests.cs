using FaceLoupe.Datasets;
using FaceLoupe.Geometry;

namespace FaceLoupe.Tests.Datasets;

public class WiderFaceDatasetTests
{
    [Fact]
    public void reads_boxes_and_attributes()
    {
        var folder = Read("a.jpg\n2\n1.5 2 30 40.25 1 1 1 0 2 1\n5 6 7 8 2 0 0 0 1 0\n");

        var picture = folder.Pictures.ShouldHaveSingleItem();
        picture.Name.ShouldBe("a.jpg");
        picture.Faces.ShouldBe(
        [
            new FaceAnnotation(
                new Box(1.5f, 2, 30, 40.25f), Blur: 1, Expression: 1, Illumination: 1, Occlusion: 2, Pose: 1),
            new FaceAnnotation(new Box(5, 6, 7, 8), Blur: 2, Occlusion: 1),
        ]);
        folder.Report.Pictures.ShouldBe(1);
        folder.Report.Faces.ShouldBe(2);
        folder.Report.Notes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a.jpg\n0\n0 0 0 0 0 0 0 0 0 0\nb.jpg\n1\n1 2 3 4\n")]
    [InlineData("a.jpg\n0\n0 0 0 0 0 0 0 0 0 0 \nb.jpg\n1\n1 2 3 4 0 0 0 0 0 0 \n")]
    [InlineData("a.jpg\n0\nb.jpg\n1\n1 2 3 4\n")]
    [InlineData("a.jpg\n0\n\nb.jpg\n1\n1 2 3 4")]
    [InlineData("a.jpg \r\n0\t\r\n0 0 0 0 0 0 0 0 0 0\r\nb.jpg\r\n1\r\n1  2 3\t4\r\n\r\n")]
    [InlineData("\uFEFFa.jpg\n0\n0 0 0 0\nb.jpg\n1\n1e0 2.0 +3 4\n")]
    public void reads_every_way_to_say_no_face_and_to_end_a_line(string text)
    {
        var folder = Read(text);

        folder.Pictures.Select(picture => picture.Name).ShouldBe(["a.jpg", "b.jpg"]);
        folder.Pictures[0].Faces.ShouldBeEmpty();
        folder.Pictures[1].Faces.ShouldBe([new FaceAnnotation(new Box(1, 2, 3, 4))]);
        folder.Report.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void a_count_of_zero_at_the_end_of_the_file_needs_no_row() =>
        Read("b.jpg\n1\n1 2 3 4\na.jpg\n0").Pictures.Count.ShouldBe(2);

    [Fact]
    public void boxes_without_area_are_skipped_and_reported()
    {
        var folder = Read("a.jpg\n4\n1 2 0 4\n1 2 3 -4\n1 2 3 4\n0 0 0 0 0 0 0 0 0 0\n");

        folder.Pictures[0].Faces.Count.ShouldBe(1);
        folder.Report.Faces.ShouldBe(1);
        var note = folder.Report.Notes.ShouldHaveSingleItem();
        note.Oddity.ShouldBe(AnnotationOddity.EmptyBox);
        note.Count.ShouldBe(3);
        note.Examples.ShouldBe(["line 3, a.jpg", "line 4, a.jpg", "line 6, a.jpg"]);
        folder.Report.ToString().ShouldBe(
            "1 images with 1 faces\n3 faces skipped, width or height not above zero: "
            + "line 3, a.jpg; line 4, a.jpg; line 6, a.jpg");
    }

    [Fact]
    public void invalid_faces_are_kept_and_reported()
    {
        var folder = Read("a.jpg\n1\n1 2 3 4 0 0 0 1 0 0\n");

        folder.Pictures[0].Faces.ShouldBe([new FaceAnnotation(new Box(1, 2, 3, 4), Invalid: true)]);
        folder.Report.CountOf(AnnotationOddity.InvalidFace).ShouldBe(1);
        folder.Report.CountOf(AnnotationOddity.EmptyBox).ShouldBe(0);
    }

    [Fact]
    public void pictures_without_a_file_are_skipped_and_reported()
    {
        var folder = Read("gone.jpg\n1\n1 2 3 4\na.jpg\n0\n");

        folder.Pictures.Select(picture => picture.Name).ShouldBe(["a.jpg"]);
        folder.Report.Notes.ShouldHaveSingleItem().ToString().ShouldBe(
            "1 image skipped, file missing: line 1, gone.jpg");
    }

    [Fact]
    public void a_picture_listed_again_is_skipped_and_reported()
    {
        var folder = Read("a.jpg\n1\n1 2 3 4\na.jpg\n1\n5 6 7 8\n");

        folder.Pictures.ShouldHaveSingleItem().Faces.ShouldBe([new FaceAnnotation(new Box(1, 2, 3, 4))]);
        folder.Report.CountOf(AnnotationOddity.ListedTwice).ShouldBe(1);
    }

    [Fact]
    public void only_the_first_places_of_an_oddity_are_kept()
    {
        var note = Read("a.jpg\n7\n" + string.Concat(Enumerable.Repeat("1 2 0 0\n", 7))).Report.Notes[0];

        note.Count.ShouldBe(7);
        note.Examples.Count.ShouldBe(AnnotationNote.MaxExamples);
        note.ToString().ShouldEndWith("; ...");
    }

    [Fact]
    public void boxes_beyond_the_border_stay_as_they_are() =>
        Read("a.jpg\n1\n-5 -6.5 1e5 8\n").Pictures[0].Faces[0].Box.ShouldBe(new Box(-5, -6.5f, 1e5f, 8));

    [Fact]
    public void an_empty_file_is_a_data_set_without_pictures() => Read("\n \n").Pictures.ShouldBeEmpty();

    [Theory]
    [InlineData("a.jpg\n", "line 1: the file ends before the number of faces of a.jpg")]
    [InlineData("a.jpg\nb.jpg\n", "line 2: expected the number of faces of a.jpg, found 'b.jpg'")]
    [InlineData("a.jpg\n-1\n", "line 2: expected the number of faces")]
    [InlineData("a.jpg\n1.5\n", "line 2: expected the number of faces")]
    [InlineData("a.jpg\n2\n1 2 3 4\n", "line 3: the file ends after 1 of 2 faces of a.jpg")]
    [InlineData(
        "a.jpg\n2\n1 2 3 4\nb.jpg\n0\n", "line 4: expected row 2 of 2 of a.jpg, four or ten numbers, found 'b.jpg'")]
    [InlineData("a.jpg\n1\n1 2 3\n", "line 3: expected row 1 of 1")]
    [InlineData("a.jpg\n1\n1 2 3 4 5\n", "line 3: expected row 1 of 1")]
    [InlineData("a.jpg\n1\n1 2 3 4 0 0 0 0 0 0 0\n", "line 3: expected row 1 of 1")]
    [InlineData("a.jpg\n1\n1,5 2 3 4\n", "line 3: expected row 1 of 1")]
    [InlineData("a.jpg\n1\n1 2 NaN 4\n", "line 3: expected row 1 of 1")]
    [InlineData("a.jpg\n1\n1 2 1e300 4\n", "line 3: expected row 1 of 1")]
    [InlineData("a.jpg\n1\n1 2 3 4 0.5 0 0 0 0 0\n", "line 3: expected row 1 of 1")]
    [InlineData("a.jpg\n1\n1 2 3 4\n1 2 3 4\n", "line 4: expected an image name, found one more row")]
    [InlineData("a.jpg\n0\n1 2 3 4 0 0 0 0 0 0\n", "line 3: expected an image name, found one more row")]
    [InlineData("../a.jpg\n0\n", "line 1: expected an image name relative to the images folder")]
    [InlineData("/etc/a.jpg\n0\n", "line 1: expected an image name relative to the images folder")]
    public void malformed_lines_are_named_with_file_and_line(string text, string expected)
    {
        var fault = Should.Throw<FaceLoupeException>(() => Read(text));

        fault.Message.ShouldContain("list.txt, " + expected);
        fault.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void a_missing_file_or_folder_is_named()
    {
        using var folder = new TemporaryFolder();

        Should.Throw<FaceLoupeException>(() => WiderFaceDataset.Read(folder.Path("none.txt"), folder.Root))
            .Message.ShouldContain("none.txt");
        var list = folder.Write("list.txt", "");
        Should.Throw<FaceLoupeException>(() => WiderFaceDataset.Read(list, folder.Path("nowhere")))
            .Message.ShouldContain("nowhere");
    }

    private static AnnotatedFolder Read(string text)
    {
        using var folder = new TemporaryFolder().WithPictures("images/a.jpg", "images/b.jpg");
        var read = WiderFaceDataset.Read(folder.Write("list.txt", text), folder.Path("images"));
        read.Pictures.ShouldAllBe(picture => File.Exists(picture.Path));
        read.Root.ShouldBe(folder.Path("images"));
        return read;
    }
}
