using CsCheck;
using FaceLoupe.Geometry;

namespace FaceLoupe.Tests.Geometry;

public class OverlapTests
{
    [Theory]
    [InlineData(0, 0, 10, 10, 1)] // the same
    [InlineData(5, 0, 10, 10, 1 / 3f)] // half beside
    [InlineData(0, 0, 5, 5, 0.25f)] // a quarter within
    [InlineData(10, 0, 10, 10, 0)] // edge to edge: nothing in common, and no +1 pixel
    [InlineData(9.5f, 9.5f, 10, 10, 0.25f / 199.75f)] // a corner of half a pixel
    [InlineData(20, 20, 10, 10, 0)] // far off
    [InlineData(2, 2, 0, 0, 0)] // empty
    public void IoU_with_a_square_of_10_by_hand(float x, float y, float width, float height, float expected) =>
        Overlap.IoU(new Box(0, 0, 10, 10), new Box(x, y, width, height)).ShouldBe(expected, 1e-6f);

    [Fact]
    public void IoU_of_two_empty_boxes_is_0() => Overlap.IoU(default, default).ShouldBe(0);

    [Fact]
    public void IoU_is_symmetric_and_from_0_to_1() => Gen.Select(Boxes.Crowded, Boxes.Crowded).Sample((a, b) =>
    {
        var iou = Overlap.IoU(a, b);
        iou.ShouldBeInRange(0, 1.0001f);
        iou.ShouldBe(Overlap.IoU(b, a));
    });

    [Fact]
    public void IoU_with_itself_is_1() => Boxes.Any.Sample(box => Overlap.IoU(box, box).ShouldBe(1, 1e-3f));

    [Fact]
    public void IoU_does_not_change_with_scale_or_place() =>
        Gen.Select(Boxes.Crowded, Boxes.Crowded, Gen.Float[0.25f, 4], Gen.Float[-50, 50])
            .Sample((a, b, factor, shift) =>
        {
            var iou = Overlap.IoU(a, b);
            Overlap.IoU(a.Scale(factor), b.Scale(factor)).ShouldBe(iou, 1e-3f);
            Overlap.IoU(a.Translate(shift, -shift), b.Translate(shift, -shift)).ShouldBe(iou, 1e-3f);
        });

    [Fact]
    public void Coverage_is_the_share_of_the_inner_box()
    {
        Overlap.Coverage(new Box(0, 0, 10, 10), new Box(5, 0, 100, 100)).ShouldBe(0.5f);
        Overlap.Coverage(new Box(5, 5, 2, 2), new Box(0, 0, 10, 10)).ShouldBe(1);
        Overlap.Coverage(new Box(5, 5, 0, 2), new Box(0, 0, 10, 10)).ShouldBe(0);
    }

    [Fact]
    public void Coverage_by_several_boxes_counts_each_place_once() =>
        Gen.Select(Whole, Whole.List[0, 6]).Sample((inner, outers) =>
        {
            var cells =
                from x in Enumerable.Range((int)inner.X, (int)inner.Width)
                from y in Enumerable.Range((int)inner.Y, (int)inner.Height)
                let cell = new Box(x, y, 1, 1)
                select outers.Any(outer => Overlap.Intersection(cell, outer) > 0) ? 1 : 0;
            Overlap.Coverage(inner, outers).ShouldBe(cells.Any() ? (float)cells.Average() : 0, 1e-5f);
        });

    private static Gen<Box> Whole => Gen.Select(Gen.Int[0, 12], Gen.Int[0, 12], Gen.Int[0, 8], Gen.Int[0, 8])
        .Select((x, y, width, height) => new Box(x, y, width, height));
}
