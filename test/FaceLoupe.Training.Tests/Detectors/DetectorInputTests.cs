using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Detectors;

namespace FaceLoupe.Training.Tests.Detectors;

public class DetectorInputTests
{
    [Fact]
    public void channels_mean_scale_and_padding_follow_the_format()
    {
        var input = new DetectorInput("x", BlueFirst: true, Mean: (10, 20, 30), Scale: 0.5f, Multiple: 2, Padding: 50);
        var values = input.Fill(new Picture(1, 1, [110, 90, 40]));

        // Blue, green, red; each a plane of 2x2 with the image at its top left.
        values.ShouldBe([5, 10, 10, 10, 35, 15, 15, 15, 50, 20, 20, 20]);
    }

    [Fact]
    public void a_fixed_side_gives_the_whole_picture_and_then_tiles_of_the_enlarged_one()
    {
        var views = DetectorView.Plan(600, 400, side: 640, scale: 2, extraScale: 2).ToArray();

        views[0].ShouldBe(new DetectorView(new Box(0, 0, 600, 400), 640, 427));
        views[1..].ShouldAllBe(
            view => view.Width == 640 && view.Height == 640 && view.Region.Right <= 600.001f
                && view.Region.Bottom <= 400.001f);
        views[1..].Select(view => (view.Region.X, view.Region.Y)).ShouldBe(
            [(0f, 0f), (140f, 0f), (280f, 0f), (0f, 80f), (140f, 80f), (280f, 80f)]);
    }

    [Fact]
    public void a_free_side_gives_the_picture_twice_as_large() =>
        DetectorView.Plan(300, 200, side: 0, scale: 2, extraScale: 0).ShouldBe(
            [new DetectorView(new Box(0, 0, 300, 200), 600, 400)]);

    [Fact]
    public void a_box_cut_by_a_tile_is_left_to_the_next_tile()
    {
        var view = new DetectorView(new Box(0, 0, 100, 100), 200, 200);
        view.ShowsWhole(new Box(150, 50, 50, 20), 300, 100).ShouldBeFalse();
        view.ShowsWhole(new Box(150, 50, 50, 20), 100, 100).ShouldBeTrue();
        view.ShowsWhole(new Box(0, 50, 50, 20), 300, 100).ShouldBeTrue();
        view.ToPicture(new Box(150, 50, 50, 20)).ShouldBe(new Box(75, 25, 25, 10));
    }
}
