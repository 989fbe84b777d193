using CsCheck;
using FaceLoupe.Evaluation.Fddb;
using FaceLoupe.Geometry;

namespace FaceLoupe.Tests.Evaluation.Fddb;

public class FddbRegionTests
{
    private static readonly Gen<FddbRegion> AnyEllipse =
        Gen.Select(Gen.Double[4, 40], Gen.Double[4, 40], Gen.Double[-3, 3], Gen.Double[0, 60], Gen.Double[0, 60])
            .Select(FddbRegion.Ellipse);

    [Fact]
    public void An_ellipse_has_its_area() => FddbRegion.Ellipse(20, 10, 0.7, 5, 5).Area.ShouldBe(Math.PI * 200, 1e-9);

    [Fact]
    public void Rectangles_overlap_as_boxes_do_without_an_added_pixel() =>
        FddbRegion.Rectangle(new Box(0, 0, 10, 10)).IoU(FddbRegion.Rectangle(new Box(5, 0, 10, 10)))
            .ShouldBe(1 / 3d, 1e-12);

    [Fact]
    public void A_circle_in_its_square_covers_a_quarter_of_pi() =>
        FddbRegion.Ellipse(10, 10, 0, 10, 10).IoU(FddbRegion.Rectangle(new Box(0, 0, 20, 20)))
            .ShouldBe(Math.PI / 4, 1e-3);

    [Fact]
    public void The_angle_turns_from_x_to_y()
    {
        var upright = FddbRegion.Ellipse(20, 10, Math.PI / 2, 0, 0);
        upright.IoU(FddbRegion.Ellipse(10, 20, 0, 0, 0)).ShouldBe(1, 1e-9);
        upright.IoU(FddbRegion.Ellipse(20, 10, -Math.PI / 2, 0, 0)).ShouldBe(1, 1e-9);
        FddbRegion.Ellipse(20, 5, Math.PI / 4, 0, 0).IoU(FddbRegion.Ellipse(20, 5, -Math.PI / 4, 0, 0))
            .ShouldBeLessThan(0.3);
    }

    [Fact]
    public void A_region_without_area_overlaps_nothing() =>
        FddbRegion.Rectangle(new Box(5, 5, -3, 4)).IoU(FddbRegion.Rectangle(new Box(0, 0, 20, 20))).ShouldBe(0);

    [Fact]
    public void Overlap_is_symmetric_from_0_to_1_and_1_with_itself() =>
        Gen.Select(AnyEllipse, AnyEllipse).Sample((a, b) =>
    {
        a.IoU(b).ShouldBe(b.IoU(a), 1e-9);
        a.IoU(b).ShouldBeInRange(0, 1);
        a.IoU(a).ShouldBe(1, 1e-9);
    });

    [Fact]
    public void Overlap_is_what_counting_pixels_gives() =>
        Gen.Select(AnyEllipse, Gen.Float[0, 40], Gen.Float[0, 40], Gen.Float[5, 50]).Sample((ellipse, x, y, side) =>
        {
            var box = new Box(x, y, side, side);
            var (both, either) = (0, 0);
            const float step = 0.5f;
            for (var row = -60f; row < 120; row += step)
            {
                for (var column = -60f; column < 120; column += step)
                {
                    var inBox = column >= box.X && column < box.Right && row >= box.Y && row < box.Bottom;
                    var inEllipse = ellipse.Contains(column, row);
                    both += inBox && inEllipse ? 1 : 0;
                    either += inBox || inEllipse ? 1 : 0;
                }
            }

            ellipse.IoU(FddbRegion.Rectangle(box)).ShouldBe((double)both / either, 0.04);
        }, iter: 30);
}
