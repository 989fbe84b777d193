using System.Globalization;
using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Tests.Runs;

namespace FaceLoupe.Training.Tests.Commands;

[Collection(TorchAlone.Name)]
public sealed class SplitCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CapturedConsole console = new();

    public SplitCommandTests()
    {
        AnnotatedPicture[] pictures =
            [.. Enumerable.Range(0, 8).Select(i => new AnnotatedPicture($"{i}.png", "", [new(new Box(i, 2, 10, 12))]))];
        foreach (var picture in pictures)
        {
            PictureFile.Write(new Picture(64, 48), folder.Of("data", "images", picture.Name));
        }

        WiderFaceDataset.Write(folder.Of("data", "bbx_gt.txt"), pictures);
    }

    public void Dispose()
    {
        console.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void both_parts_are_written_as_annotations()
    {
        Split("--held-out", "0.25").ShouldBe(0);

        console.Output.ShouldBe("training.txt: 6 images, 6 faces\nheld-out.txt: 2 images, 2 faces\n");
        var parts = new[] { "training.txt", "held-out.txt" }.SelectMany(
            name => WiderFaceDataset.Read(folder.Of("split", name), folder.Of("data", "images")).Pictures);
        parts.Select(picture => picture.Name).Order().ShouldBe(Enumerable.Range(0, 8).Select(i => $"{i}.png"));
    }

    [Fact]
    public void held_out_images_are_shrunk_with_their_faces()
    {
        Split("--held-out", "0.25", "--shrink", "40").ShouldBe(0);

        var shrunk = WiderFaceDataset.Open(folder.Of("split", "held-out")).Pictures;
        shrunk.Count.ShouldBe(2);
        foreach (var picture in shrunk)
        {
            var image = PictureFile.Read(picture.Path);
            (image.Width, image.Height).ShouldBe((40, 30));
            var left = int.Parse(picture.Name.AsSpan(0, 1), CultureInfo.InvariantCulture) * 40f / 64;
            picture.Faces.ShouldHaveSingleItem().Box.ShouldBe(new Box(left, 1.25f, 6.25f, 7.5f));
            picture.Faces[0].Invalid.ShouldBeFalse();
        }

        Split("--held-out", "0.25", "--shrink", "30").ShouldBe(0); // faces of 5.6 px

        WiderFaceDataset.Open(folder.Of("split", "held-out")).Pictures.ShouldAllBe(picture => picture.Faces[0].Invalid);
    }

    [Theory]
    [InlineData("0.6")]
    [InlineData("-1")]
    [InlineData("half")]
    public void a_share_out_of_range_is_refused_in_one_line(string share)
    {
        Split("--held-out", share).ShouldBe(2);

        console.Error.ShouldContain("from 0 to 0.5");
        console.Error.TrimEnd('\n').ShouldNotContain("\n");
    }

    private int Split(params string[] args) => TrainCommandLine.Run(
        ["split", "--images", folder.Of("data"), "--out", folder.Of("split"), .. args]);
}
