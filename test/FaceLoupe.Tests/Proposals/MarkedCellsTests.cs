using FaceLoupe.Proposals;

namespace FaceLoupe.Tests.Proposals;

public class MarkedCellsTests
{
    private static readonly MarkedCells Cells = new(6, 5, [new(1, 1, 3, 2), new(2, 1, 3, 4), new(5, 4, 6, 5)]);

    [Theory]
    [InlineData(0, 0, 6, 5, 5)]
    [InlineData(1, 1, 3, 2, 2)]
    [InlineData(2, 2, 3, 4, 2)]
    [InlineData(3, 0, 5, 5, 0)]
    [InlineData(5, 4, 6, 5, 1)]
    public void marked_cells_are_counted_once(int left, int top, int right, int bottom, int count) =>
        Cells.Count(new(left, top, right, bottom)).ShouldBe(count);

    [Fact]
    public void a_range_shrinks_to_what_is_marked_within_it()
    {
        Cells.Shrink(Cells.All).ShouldBe(new(1, 1, 6, 5));
        Cells.Shrink(new(0, 2, 5, 5)).ShouldBe(new(2, 2, 3, 4));
        Cells.Shrink(new(3, 0, 6, 4)).ShouldBeNull();
    }

    [Fact]
    public void a_range_is_cut_wherever_two_cells_meet()
    {
        var cuts = new CellRange(2, 3, 4, 6).Cuts().ToArray();

        cuts.ShouldBe(
        [
            (new(2, 3, 3, 6), new(3, 3, 4, 6)),
            (new(2, 3, 4, 4), new(2, 4, 4, 6)),
            (new(2, 3, 4, 5), new(2, 5, 4, 6)),
        ]);
    }
}
