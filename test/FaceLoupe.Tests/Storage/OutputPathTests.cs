using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Imaging;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;
using FaceLoupe.Tests.Datasets;

namespace FaceLoupe.Tests.Storage;

public sealed class OutputPathTests
{
    [Theory]
    [InlineData("a.txt")]
    [InlineData("a/b c/ü 写真.txt")]
    [InlineData("..a/..b/...txt")]
    [InlineData("console.txt")]
    [InlineData("com/lpt.txt")]
    public void names_below_a_folder_are_taken_on_every_system(string name)
    {
        OutputPath.ReasonAgainst(name, windows: true).ShouldBeNull();
        OutputPath.ReasonAgainst(name, windows: false).ShouldBeNull();
    }

    [Theory]
    [InlineData(240, true)]
    [InlineData(255, false)]
    public void a_file_beside_another_is_called_after_it_and_has_room(int letters, bool bears)
    {
        var name = new string('n', letters);

        var beside = OutputPath.Beside(Path.Combine("folder", name), ".underway");

        Path.GetDirectoryName(beside).ShouldBe("folder");
        Path.GetFileName(beside).Length.ShouldBeLessThanOrEqualTo(255);
        Path.GetFileName(beside).StartsWith(name, StringComparison.Ordinal).ShouldBe(bears);
        beside.ShouldEndWith(".underway");
        OutputPath.Beside(Path.Combine("folder", name), ".underway").ShouldBe(beside);
        OutputPath.Beside(Path.Combine("folder", name[1..] + "m"), ".underway").ShouldNotBe(beside);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../a.txt")]
    [InlineData("a/../../b.txt")]
    [InlineData("a/./b.txt")]
    [InlineData("/etc/a.txt")]
    [InlineData("//server/share/a.txt")]
    [InlineData("a//b.txt")]
    [InlineData("a\0.txt")]
    public void names_that_lead_out_are_refused_on_every_system(string name)
    {
        OutputPath.ReasonAgainst(name, windows: true).ShouldNotBeNull();
        OutputPath.ReasonAgainst(name, windows: false).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(@"..\..\a.txt")]
    [InlineData(@"a\..\b.txt")]
    [InlineData(@"\a.txt")]
    [InlineData(@"\\server\share\a.txt")]
    [InlineData(@"C:\a.txt")]
    [InlineData("C:a.txt")]
    [InlineData("a.txt:hidden")]
    [InlineData("CON.txt")]
    [InlineData("a/nul")]
    [InlineData("Com1.tar.txt")]
    [InlineData("LPT\u00b2.txt")]
    [InlineData("a./b.txt")]
    [InlineData("a.txt ")]
    [InlineData("a?.txt")]
    public void what_means_something_on_windows_is_refused_there_and_a_letter_elsewhere(string name)
    {
        OutputPath.ReasonAgainst(name, windows: true).ShouldNotBeNull();
        OutputPath.ReasonAgainst(name, windows: false).ShouldBeNull();
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("/tmp/a")]
    [InlineData("a/../../b")]
    public void nothing_that_writes_a_file_a_picture_leaves_its_folder(string name)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Path("a.png");
        PictureFile.Write(new Picture(9, 9), path);
        var target = Path.GetDirectoryName(folder.Write("labels/inner/x.txt", ""))!;
        AnnotatedPicture[] pictures = [new(name + ".png", path, [])];
        var boxes = new PredictionSet(new Dictionary<string, IReadOnlyList<ScoredBox>> { [name] = [] });
        Action[] writers =
        [
            () => YoloDataset.Write(target, pictures),
            () => VocDataset.Write(target, pictures),
            () => PredictionFolder.Write(target, name, []),
            () => VocPredictionFolder.Write(target, name + ".png", new PictureSize(9, 9), []),
            () => boxes.WriteWider(target),
        ];

        foreach (var write in writers)
        {
            Should.Throw<FaceLoupeException>(write).Message.ShouldContain($"'{name}.");
        }

        Directory.GetFiles(target).ShouldHaveSingleItem();
    }

    [Fact]
    public void a_name_has_as_many_bytes_as_file_systems_take()
    {
        OutputPath.ReasonAgainst(new string('a', 251) + ".txt", windows: false).ShouldBeNull();
        OutputPath.ReasonAgainst(new string('a', 252) + ".txt", windows: false).ShouldNotBeNull();
        OutputPath.ReasonAgainst(new string('ü', 126) + ".txt", windows: false).ShouldNotBeNull();
        OutputPath.ReasonAgainst(new string('ü', 251) + ".txt", windows: true).ShouldBeNull();
    }

    [Fact]
    public void a_message_says_where_what_and_why() =>
        Should.Throw<FaceLoupeException>(() => OutputPath.In("out", "../a"))
        .Message.ShouldBe("out: no file there can be named '../a': it holds '..'; rename the input.");

    [Fact]
    public void a_backslash_is_a_letter_where_a_picture_has_one_and_else_between_folders()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There it is always between folders.");
        using var folder = new TemporaryFolder();
        folder.WithPictures(@"..\a.png", "b/c.png");

        PictureNames.InFolder(folder.Root, @"..\a.png").ShouldBe(@"..\a.png");
        PictureNames.InFolder(folder.Root, @"b\c.png").ShouldBe("b/c.png");
        PictureNames.InFolder(folder.Root, @"..\d.png").ShouldBe("../d.png");
        PredictionFolder.KeyOf(@"..\a.png").ShouldBe(@"..\a");
        AnnotatedFolder.OpenWithoutFaces(folder.Root).Pictures.Select(picture => picture.Name)
            .ShouldBe([@"..\a.png", "b/c.png"]);
    }
}
