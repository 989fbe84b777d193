using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Proposals;

namespace FaceLoupe.Tests.Proposals;

public sealed class RecordedProposalsTests : IDisposable
{
    private static readonly Picture Any = new(10, 10);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-recorded-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void a_folder_is_looked_up_by_event_and_name()
    {
        Write("0--Parade/a.txt", "a\n2\n1.5 2 3 4 0.25\n5 6 7 8 0.75\n");
        var source = RecordedProposals.Open(_folder.FullName);

        var proposals = source.Propose(Any, "/data/WIDER_val/images/0--Parade/a.jpg");

        proposals.Select(p => p.Box).ShouldBe([new Box(5, 6, 7, 8), new Box(1.5f, 2, 3, 4)]);
        proposals[0].Logit.ShouldBe(MathF.Log(3), 1e-5);
        proposals[0].Score.ShouldBe(0.75f, 1e-6);
    }

    [Fact]
    public void the_more_precise_name_wins()
    {
        Write("a.txt", "a\n1\n1 1 1 1 0.5\n");
        Write("x/a.txt", "a\n1\n2 2 2 2 0.5\n");

        RecordedProposals.Open(_folder.FullName).Propose(Any, "x/a.jpg")[0].Box.X.ShouldBe(2);
        RecordedProposals.Open(_folder.FullName).Propose(Any, "y\\a.jpg")[0].Box.X.ShouldBe(1);
    }

    [Fact]
    public void only_a_picture_s_extension_is_cut_off()
    {
        Write("portrait.of.jpgg.txt", "p\n0\n");
        RecordedProposals.Open(_folder.FullName).Propose(Any, "portrait.of.jpgg.png").ShouldBeEmpty();
        RecordedProposals.Open(_folder.FullName).Propose(Any, "portrait.of.jpgg").ShouldBeEmpty();
    }

    [Fact]
    public void a_file_may_hold_many_pictures()
    {
        var file = Write("all.txt", "x/a.jpg\r\n1\r\n1 2 3 4 0.5 extra\r\nx/b.jpg\r\n0\r\n\r\nc\r\n1\r\n9 9 9 9 1\r\n");
        var source = RecordedProposals.Open(file);

        source.Propose(Any, "/root/x/a.jpg").Count.ShouldBe(1);
        source.Propose(Any, "x/b.jpg").ShouldBeEmpty();
        source.Propose(Any, "c.png")[0].Logit.ShouldBe(16);
    }

    [Fact]
    public void logits_are_taken_as_they_are()
    {
        var file = Write("a.txt", "a\n2\n0 0 5 5 -2.5\n0 0 5 5 7\n");
        RecordedProposals.Open(file, RecordedScores.Logit).Propose(Any, "a.jpg").Select(p => p.Logit).ShouldBe(
            [7, -2.5f]);
    }

    [Fact]
    public void boxes_without_an_area_are_left_out()
    {
        var file = Write("a.txt", "a\n3\n0 0 0 5 0.5\n0 0 5 -1 0.5\n0 0 1 1 0.5\n");
        RecordedProposals.Open(file).Propose(Any, "a").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("a\n", "line 2 should be the number of boxes")]
    [InlineData("a\n-1\n", "line 2 should be the number of boxes")]
    [InlineData("a\n2\n1 2 3 4 0.5\n", "line 4 should be 'x y width height score'")]
    [InlineData("a\n1\n1 2 3 4\n", "line 3 should be 'x y width height score'")]
    [InlineData("a\n1\n1 2 3 4 1.5\n", "line 3 should be 'x y width height score' with a score from 0 to 1")]
    [InlineData("a\n1\n1 2 3 nan 0.5\n", "line 3 should be")]
    [InlineData("a\n1\n1,5 2 3 4 0.5\n", "line 3 should be")]
    [InlineData("a\n0\na.jpg\n0\n", "twice")]
    public void faults_are_reported_by_line(string text, string reported)
    {
        var file = Write("a.txt", text);
        var message = Should.Throw<FaceLoupeException>(() => RecordedProposals.Open(file)).Message;
        message.ShouldStartWith(file + ": ");
        message.ShouldContain(reported);
    }

    [Fact]
    public void a_missing_picture_or_source_is_a_fault()
    {
        Write("a.txt", "a\n0\n");
        Should.Throw<FaceLoupeException>(() => RecordedProposals.Open(_folder.FullName).Propose(Any, "b.jpg"))
            .Message.ShouldContain("'b.jpg'");
        Should.Throw<FaceLoupeException>(() => RecordedProposals.Open(Path.Combine(_folder.FullName, "none")));
    }

    [Fact]
    public void names_never_lead_out_of_the_folder()
    {
        Write("secret.txt", "s\n0\n");
        var inner = Directory.CreateDirectory(Path.Combine(_folder.FullName, "inner"));
        Should.Throw<FaceLoupeException>(() => RecordedProposals.Open(inner.FullName).Propose(Any, "../secret.jpg"));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
