using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Tests.Runs;

namespace FaceLoupe.Training.Tests.Commands;

[Collection(TorchAlone.Name)]
public sealed class ShrinkCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CapturedConsole console = new();

    public ShrinkCommandTests()
    {
        PictureFile.Write(new Picture(64, 48), folder.Of("data", "images", "wide.png"));
        PictureFile.Write(new Picture(30, 48), folder.Of("data", "images", "narrow.png"));
        WiderFaceDataset.Write(folder.Of("data", "bbx_gt.txt"), [new("wide.png", "", [new(new Box(8, 8, 8, 16))])]);
        WiderFaceDataset.Write(
            folder.Of("others.txt"),
            [new("wide.png", "", [new(new Box(0, 0, 8, 8))]), new("narrow.png", "", [new(new Box(9, 8, 7, 6))])]);
    }

    public void Dispose()
    {
        console.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void images_and_faces_are_shrunk_to_the_width()
    {
        Shrink("--width", "32").ShouldBe(0);

        console.Output.ShouldEndWith(": 1 image\n");
        var picture = WiderFaceDataset.Open(folder.Of("out")).Pictures.ShouldHaveSingleItem();
        PictureFile.Read(picture.Path).Width.ShouldBe(32);
        picture.Faces.ShouldHaveSingleItem().ShouldBe(new FaceAnnotation(new Box(4, 4, 4, 8)));
    }

    [Fact]
    public void the_images_that_are_read_are_not_replaced()
    {
        TrainCommandLine.Run(["shrink", "--images", folder.Of("data"), "--out", folder.Of("data") + "/"]).ShouldBe(2);

        console.Error.ShouldContain("which is read; name another place");
        Directory.GetFiles(folder.Of("data", "images")).Length.ShouldBe(2);
    }

    [Fact]
    public void other_annotations_take_the_place_of_the_folders_own()
    {
        Shrink("--annotations", folder.Of("others.txt"), "--width", "32").ShouldBe(0);

        WiderFaceDataset.Open(folder.Of("out")).Pictures.ShouldSatisfyAllConditions(
            pictures => pictures.Select(picture => picture.Faces[0].Box)
                .ShouldBe([new Box(0, 0, 4, 4), new Box(9, 8, 7, 6)]),
            pictures => pictures.Select(picture => picture.Faces[0].Invalid).ShouldBe([true, false]));
    }

    [Theory]
    [InlineData("--width", "0", "from 1 to 10000")]
    [InlineData("--annotations", "none.txt", "none.txt")]
    public void what_cannot_be_is_refused_in_one_line(string option, string value, string says)
    {
        Shrink(option, value).ShouldBe(2);

        console.Error.ShouldContain(says);
        console.Error.TrimEnd('\n').ShouldNotContain("\n");
    }

    private int Shrink(params string[] args) => TrainCommandLine.Run(
        ["shrink", "--images", folder.Of("data"), "--out", folder.Of("out"), .. args]);
}
