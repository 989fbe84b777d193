using FaceLoupe.Geometry;

namespace FaceLoupe.Tests.Geometry;

public class FaceLandmarksTests
{
    private static readonly FaceLandmarks Usual = new(
        new(40, 40), new(60, 40), new(50, 53), new(42, 64), new(58, 64));

    [Fact]
    public void numbers_come_in_the_order_of_the_points() =>
        FaceLandmarks.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).ShouldBe(
            new FaceLandmarks(new(1, 2), new(3, 4), new(5, 6), new(7, 8), new(9, 10)));

    [Fact]
    public void in_a_mirror_left_and_right_change_places()
    {
        var mirrored = new FaceLandmarks(new(10, 1), new(20, 2), new(16, 3), new(11, 4), new(19, 5)).Mirror(100);

        mirrored.ShouldBe(new FaceLandmarks(new(80, 2), new(90, 1), new(84, 3), new(81, 5), new(89, 4)));
        mirrored.Mirror(100).LeftEye.ShouldBe(new PicturePoint(10, 1));
    }

    [Fact]
    public void shares_of_a_box_and_points_within_it_are_inverse()
    {
        var box = new Box(30, 20, 40, 60);

        var shares = Usual.SharesOf(box);

        shares.LeftEye.X.ShouldBe(-0.25f, 1e-6f);
        shares.LeftEye.Y.ShouldBe(-1 / 6f, 1e-6f);
        foreach (var (point, wanted) in shares.Within(box).Points.Zip(Usual.Points))
        {
            point.X.ShouldBe(wanted.X, 1e-4f);
            point.Y.ShouldBe(wanted.Y, 1e-4f);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.6, 1)]
    [InlineData(3.1, 0.1)]
    [InlineData(-1.2, 30)]
    public void a_face_keeps_its_shape_wherever_it_lies_turned_or_resized(double angle, double size)
    {
        var (sin, cos) = ((float)(size * Math.Sin(angle)), (float)(size * Math.Cos(angle)));
        var turned = Usual.Map(point => new PicturePoint(
            (cos * point.X) - (sin * point.Y) + 7, (sin * point.X) + (cos * point.Y) - 3));

        turned.ShapeDistance.ShouldBe(Usual.ShapeDistance, 1e-3f);
        Usual.ShapeDistance.ShouldBeLessThan(0.1f);
    }

    [Fact]
    public void other_shapes_are_far_from_that_of_a_face()
    {
        // The mouth above the eyes, without being turned.
        new FaceLandmarks(Usual.LeftMouth, Usual.RightMouth, Usual.Nose, Usual.LeftEye, Usual.RightEye)
            .ShapeDistance.ShouldBeGreaterThan(0.5f);
        new FaceLandmarks(Usual.Nose, Usual.Nose, Usual.Nose, Usual.Nose, Usual.Nose).ShapeDistance.ShouldBe(1);
        Usual.Map(point => point with { X = float.NaN }).ShapeDistance.ShouldBe(1);
    }
}
