using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Predictions;

namespace FaceLoupe.Tests.Predictions;

public sealed class VocPredictionFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void predictions_come_back_as_they_were_best_first()
    {
        ScoredBox[] boxes = [new(new Box(1, 2, 8, 9.5f), 0.25), new(new Box(20, 20, 12.5f, 10), 1 - 1e-12)];
        VocPredictionFolder.Write(_folder.FullName, "0--A/b c.png", new PictureSize(64, 48), boxes);
        VocPredictionFolder.Write(_folder.FullName, "none.v1.jpg", new PictureSize(64, 48), []);

        var read = VocPredictionFolder.Read(_folder.FullName).Pictures;

        read.Keys.Order(StringComparer.Ordinal).ShouldBe(["0--A/b c", "none.v1"]);
        read["0--A/b c"].ShouldBe([boxes[1], boxes[0]]);
        read["none.v1"].ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<annotation><object><score>1</score></object></annotation>", "a.xml, line 1", "'bndbox'")]
    [InlineData("<annotation>\n<object>", "a.xml, line 2", "not valid XML")]
    public void a_malformed_file_is_reported(string text, params string[] reported)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "a.xml"), text);
        var fault = Should.Throw<FaceLoupeException>(() => VocPredictionFolder.Read(_folder.FullName));
        Array.ForEach(reported, part => fault.Message.ShouldContain(part));
    }

    [Fact]
    public void a_folder_that_is_missing_or_empty_is_reported()
    {
        Should.Throw<FaceLoupeException>(() => VocPredictionFolder.Read(_folder.FullName)).Message
            .ShouldContain("no predictions in this folder");
        Should.Throw<FaceLoupeException>(() => VocPredictionFolder.Read("nowhere")).Message
            .ShouldContain("no such folder");
    }
}
