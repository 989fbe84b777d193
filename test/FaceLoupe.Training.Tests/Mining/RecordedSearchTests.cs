using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Proposals;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Mining;
using FaceLoupe.Training.Tests.Runs;

namespace FaceLoupe.Training.Tests.Mining;

public sealed class RecordedSearchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void the_best_boxes_of_the_picture_are_mined()
    {
        Record("0--Parade/a.txt", "a", "1 2 10 10 0.2", "3 4 12 12 0.9", "5 6 14 14 0.001", "7 8 16 16 0.5");

        Search(new() { MinScore = 0.01f, ProposalsPerCanvas = 2 }, "0--Parade/a.jpg").Select(found => found.Box)
            .ShouldBe([new Box(3, 4, 12, 12), new Box(7, 8, 16, 16)]);
    }

    [Fact]
    public void a_picture_without_recorded_boxes_is_named()
    {
        Record("0--Parade/a.txt", "a");

        Should.Throw<FaceLoupeException>(() => Search(new(), "0--Parade/b.jpg")).Message
            .ShouldContain("0--Parade/b.jpg");
    }

    [Fact]
    public void recorded_boxes_need_whole_pictures() =>
        OptionFaults.Of(new MiningOptions { Recorded = "boxes" }).ShouldHaveSingleItem().ShouldContain("wholePictures");

    private IReadOnlyList<Proposal> Search(MiningOptions options, string name) =>
        new RecordedSearch(folder.Path, options).Propose(
            new Picture(4, 4), name, TestContext.Current.CancellationToken);

    private void Record(string file, string name, params string[] rows)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Of(file))!);
        File.WriteAllLines(folder.Of(file), [name, $"{rows.Length}", .. rows]);
    }
}
