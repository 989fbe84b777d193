using FaceLoupe.Datasets;

namespace FaceLoupe.Tests.Datasets;

public class WiderFaceLayoutTests
{
    private const string Parade = "0--Parade/0_Parade_1.jpg";
    private const string Riot = "2--Demonstration/2_Riot_9.jpg";

    [Fact]
    public void opens_a_plain_folder()
    {
        using var folder = new TemporaryFolder().WithPictures("images/a.jpg");
        folder.Write("bbx_gt.txt", "a.jpg\n1\n1 2 3 4\n");

        var opened = WiderFaceDataset.Open(folder.Root);

        opened.Pictures.ShouldHaveSingleItem().Path.ShouldBe(folder.Path("images/a.jpg"));
        opened.Root.ShouldBe(folder.Path("images"));
    }

    [Fact]
    public void opens_the_layout_of_the_download()
    {
        using var folder = Download();

        var opened = WiderFaceDataset.Open(folder.Root);

        var picture = opened.Pictures.ShouldHaveSingleItem();
        picture.Name.ShouldBe(Parade);
        picture.Path.ShouldBe(folder.Path("WIDER_train/images/" + Parade));
    }

    [Theory]
    [InlineData("WIDER_train", Parade)]
    [InlineData("WIDER_val", Riot)]
    [InlineData("WIDER_val/", Riot)]
    public void a_split_of_the_download_can_be_named(string split, string picture)
    {
        using var folder = Download();

        WiderFaceDataset.Open(folder.Path(split)).Pictures.Select(found => found.Name).ShouldBe([picture]);
    }

    [Fact]
    public void the_validation_split_is_opened_where_it_is_the_only_one()
    {
        using var folder = Download();
        Directory.Delete(folder.Path("WIDER_train"), recursive: true);

        WiderFaceDataset.Open(folder.Root).Pictures.ShouldHaveSingleItem().Name.ShouldBe(Riot);
    }

    [Fact]
    public void a_folder_in_neither_layout_says_what_was_wanted()
    {
        using var folder = new TemporaryFolder().WithPictures("images/a.jpg");

        Should.Throw<FaceLoupeException>(() => WiderFaceDataset.Open(folder.Root))
            .Message.ShouldBe($"{folder.Root}: no annotated images here; expected images/ with bbx_gt.txt, "
                + "or WIDER_train/ with wider_face_split/ as downloaded.");
        Should.Throw<FaceLoupeException>(() => WiderFaceDataset.Open(folder.Path("none")))
            .Message.ShouldContain("no such folder");
    }

    [Fact]
    public void pictures_without_faces_open_from_a_plain_folder_with_subfolders()
    {
        using var folder = new TemporaryFolder().WithPictures("b.JPEG", "sub/a.png", "notes.txt");

        var opened = AnnotatedFolder.OpenWithoutFaces(folder.Root);

        opened.Pictures.Select(picture => picture.Name).ShouldBe(["b.JPEG", "sub/a.png"]);
        opened.Pictures.ShouldAllBe(picture => picture.Faces.Count == 0 && File.Exists(picture.Path));
        opened.Report.Pictures.ShouldBe(2);
    }

    [Fact]
    public void pictures_without_faces_open_from_the_subfolder_images()
    {
        using var folder = new TemporaryFolder().WithPictures("images/a.png", "b.png");

        AnnotatedFolder.OpenWithoutFaces(folder.Root).Pictures.ShouldHaveSingleItem().Name.ShouldBe("a.png");
    }

    [Fact]
    public void a_folder_without_pictures_is_a_fault()
    {
        using var folder = new TemporaryFolder().WithPictures("notes.txt");

        Should.Throw<FaceLoupeException>(() => AnnotatedFolder.OpenWithoutFaces(folder.Root))
            .Message.ShouldContain("no image in this folder");
        Should.Throw<FaceLoupeException>(() => AnnotatedFolder.OpenWithoutFaces(folder.Path("none")))
            .Message.ShouldContain("no such folder");
    }

    private static TemporaryFolder Download()
    {
        var folder = new TemporaryFolder()
            .WithPictures("WIDER_train/images/" + Parade, "WIDER_val/images/" + Riot);
        folder.Write("wider_face_split/wider_face_train_bbx_gt.txt", Parade + "\n1\n449 330 122 149 0 0 0 0 0 0 \n");
        folder.Write("wider_face_split/wider_face_val_bbx_gt.txt", Riot + "\n0\n0 0 0 0 0 0 0 0 0 0 \n");
        return folder;
    }
}
