using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Tests.Predictions;

public sealed class PredictionFolderTests : IDisposable
{
    private const string Row = "expected five finite numbers 'x y width height score', ";
    private readonly string _folder = Directory.CreateTempSubdirectory("faceloupe-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_are_known_by_their_path_without_extension()
    {
        Write("0--Parade/a.b.txt", "a.b\n1\n1 2 3 4 0.5\n");
        Write("c.txt", "c\n0\n");

        var folder = PredictionFolder.Open(_folder);
        folder.Keys.ShouldBe(["0--Parade/a.b", "c"]);
        folder.Read("0--Parade/a.b").ShouldBe([new ScoredBox(new Box(1, 2, 3, 4), 0.5)]);
        folder.Read("c").ShouldBeEmpty();
        folder.Read("none").ShouldBeEmpty();
        PredictionFolder.KeyOf("0--Parade/a.b.jpg").ShouldBe("0--Parade/a.b");

        // Elsewhere a backslash is a letter of the name.
        PredictionFolder.KeyOf(@"0--Parade\a.b.jpg")
            .ShouldBe(OperatingSystem.IsWindows() ? "0--Parade/a.b" : @"0--Parade\a.b");
    }

    [Fact]
    public void Scores_are_kept_as_written() =>
        PredictionText.Parse("a\r\n2\r\n0.25 -1e1 3 4 -17.5 \r\n\r\n1\t2\t3\t4\t0.99999999999\r\n", "f")
            .ShouldBe(
                [new ScoredBox(new Box(0.25f, -10, 3, 4), -17.5), new ScoredBox(new Box(1, 2, 3, 4), 0.99999999999)]);

    [Fact]
    public void What_is_written_reads_back_exactly_best_first()
    {
        ScoredBox[] boxes =
            [new(new Box(0.1f, -2.5f, 1e-7f, 12345.678f), -17.123456789012345), new(new Box(1, 2, 3, 4), 1 / 3d)];
        PredictionFolder.Write(_folder, "0--Parade/a.b", boxes);
        PredictionFolder.Write(_folder, "none", []);

        var folder = PredictionFolder.Open(_folder);
        folder.Keys.ShouldBe(["0--Parade/a.b", "none"]);
        folder.Read("0--Parade/a.b").ShouldBe([boxes[1], boxes[0]]);
        folder.Read("none").ShouldBeEmpty();
        File.ReadAllText(Path.Combine(_folder, "0--Parade", "a.b.txt"))
            .ShouldStartWith("a.b\n2\n1 2 3 4 0.3333333333333333\n");
        Directory.GetFiles(_folder, "*.tmp", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData("/a")]
    public void A_name_that_leads_out_of_the_folder_is_refused(string key) =>
        Should.Throw<FaceLoupeException>(() => PredictionFolder.Write(_folder, key, []));

    [Theory]
    [InlineData("", "f, line 1: the file ends after 0 boxes; expected a name, the number of boxes and so many rows.")]
    [InlineData(
        "a\n2\n1 2 3 4 5\n", "f, line 4: the file ends after 1 boxes; expected a name, the number of boxes (2) and so "
            + "many rows.")]
    [InlineData("a\nb\n", "f, line 2: expected the number of boxes, found 'b'.")]
    [InlineData("a\n-1\n", "f, line 2: expected the number of boxes, found '-1'.")]
    [InlineData("a\n1\n1 2 3 4\n", "f, line 3: " + Row + "found '1 2 3 4'.")]
    [InlineData("a\n1\n1 2 3 4 5 6\n", "f, line 3: " + Row + "found '1 2 3 4 5 6'.")]
    [InlineData("a\n1\n1 2 3 4 nan\n", "f, line 3: " + Row + "found '1 2 3 4 nan'.")]
    [InlineData("a\n1\n1 2 Infinity 4 5\n", "f, line 3: " + Row + "found '1 2 Infinity 4 5'.")]
    [InlineData("a\n1\n1 2 3 4,5 5\n", "f, line 3: " + Row + "found '1 2 3 4,5 5'.")]
    [InlineData("a\n1\n1 2 3\u00a04 5\n", "f, line 3: " + Row + "found '1 2 3\u00a04 5'.")]
    [InlineData(
        "a\n1\n1 2 3 4 5\n1 2 3 4 5\n", "f, line 4: expected the end after the 1 boxes announced, found '1 2 3 4 5'.")]
    public void Malformed_text_names_file_and_line(string text, string message) =>
        Should.Throw<FaceLoupeException>(() => PredictionText.Parse(text, "f")).Message.ShouldBe(message);

    [Fact]
    public void A_missing_or_empty_folder_is_refused()
    {
        Should.Throw<FaceLoupeException>(
            () => PredictionFolder.Open(_folder)).Message.ShouldContain("no predictions in this folder");
        Should.Throw<FaceLoupeException>(
            () => PredictionFolder.Open(_folder + "-none")).Message.ShouldContain("no such folder");
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
