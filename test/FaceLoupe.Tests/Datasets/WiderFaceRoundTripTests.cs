using CsCheck;
using FaceLoupe.Datasets;
using FaceLoupe.Geometry;

namespace FaceLoupe.Tests.Datasets;

public class WiderFaceRoundTripTests
{
    private static readonly Gen<FaceAnnotation> Faces = Gen.Select(
        Gen.Float[-1e6f, 1e6f],
        Gen.Float[-1e6f, 1e6f],
        Gen.Float[1e-6f, 1e6f],
        Gen.Float[1e-6f, 1e6f],
        Gen.Bool,
        Gen.Int[0, 2].Array[5],
        (x, y, width, height, invalid, flags) => new FaceAnnotation(
            new Box(x, y, width, height), invalid, flags[0], flags[1], flags[2], flags[3], flags[4]));

    [Fact]
    public void what_was_written_is_read_exactly()
    {
        using var folder = new TemporaryFolder().WithPictures(
            [.. Enumerable.Range(0, 4).Select(i => $"images/event {i}/picture_{i}.jpg")]);
        var path = folder.Path("list.txt");

        Faces.Array[0, 5].Array[0, 4].Sample(
            faces =>
            {
                var written = faces
                    .Select((list, i) => new AnnotatedPicture($"event {i}/picture_{i}.jpg", "", list))
                    .ToArray();
                WiderFaceDataset.Write(path, written);

                var read = WiderFaceDataset.Read(path, folder.Path("images"));

                read.Pictures.Select(picture => picture.Name).ShouldBe(written.Select(picture => picture.Name));
                for (var i = 0; i < written.Length; i++)
                {
                    read.Pictures[i].Faces.ShouldBe(written[i].Faces);
                }
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public void the_text_is_that_of_the_benchmark()
    {
        using var folder = new TemporaryFolder();
        WiderFaceDataset.Write(
            folder.Path("new/list.txt"),
            [
                new AnnotatedPicture(
                    "e/a.jpg", "", [new FaceAnnotation(new Box(1, 2.5f, 3, 4), Invalid: true, Blur: 2, Pose: 1)]),
                new AnnotatedPicture("b.jpg", "", []),
            ]);

        File.ReadAllText(folder.Path("new/list.txt")).ShouldBe(
            "e/a.jpg\n1\n1 2.5 3 4 2 0 0 1 0 1\nb.jpg\n0\n0 0 0 0 0 0 0 0 0 0\n");
        Directory.GetFiles(folder.Path("new")).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" a.jpg")]
    [InlineData("a\nb.jpg")]
    public void a_name_that_the_format_cannot_hold_is_refused_and_nothing_written(string name)
    {
        using var folder = new TemporaryFolder();

        Should.Throw<FaceLoupeException>(
            () => WiderFaceDataset.Write(folder.Path("list.txt"), [new AnnotatedPicture(name, "", [])]))
            .Message.ShouldNotContain("\n");
        Directory.GetFileSystemEntries(folder.Root).ShouldBeEmpty();
    }
}
