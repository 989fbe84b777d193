using FaceLoupe.Datasets;

namespace FaceLoupe.Tests.Datasets;

public class SharedFoldersTests
{
    [Theory]
    [InlineData("groups/train", 900, 7425)]
    [InlineData("groups/val", 300, 1258)]
    [InlineData("masks/train", 612, 2927)]
    [InlineData("wider-train", 5, 91)]
    public void real_annotations_are_read_whole(string name, int pictures, int faces)
    {
        var folder = Find(name);
        if (folder is null)
        {
            Assert.Skip($"../shared/data/{name} is missing: this test wants real annotations.");
            return;
        }

        var opened = WiderFaceDataset.Open(folder);

        opened.Pictures.Count.ShouldBe(pictures, opened.Report.ToString());
        opened.Pictures.Sum(picture => picture.Faces.Count).ShouldBe(faces, opened.Report.ToString());
        opened.Report.Faces.ShouldBe(faces);
    }

    private static string? Find(string name)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var path = Path.GetFullPath(Path.Combine(folder, "../shared/data", name));
            if (Directory.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
