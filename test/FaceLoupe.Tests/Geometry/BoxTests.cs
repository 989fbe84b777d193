using CsCheck;
using FaceLoupe.Geometry;

namespace FaceLoupe.Tests.Geometry;

public class BoxTests
{
    [Fact]
    public void a_mirrored_box_keeps_its_size() =>
        new Box(10, 5, 20, 7).Mirror(100).ShouldBe(new Box(70, 5, 20, 7));

    [Fact]
    public void Edges_centre_and_area_by_hand()
    {
        var box = new Box(10, 20, 8, 12);
        (box.Right, box.Bottom, box.CenterX, box.CenterY, box.Area, box.LongerSide).ShouldBe((18, 32, 14, 26, 96, 12));
        Box.FromCorners(10, 20, 18, 32).ShouldBe(box);
        Box.FromCenter(14, 26, 8, 12).ShouldBe(box);
    }

    [Fact]
    public void Scale_and_translate_by_hand()
    {
        new Box(1, 2, 3, 4).Scale(2).ShouldBe(new Box(2, 4, 6, 8));
        new Box(1, 2, 3, 4).Scale(2, 0.5f).ShouldBe(new Box(2, 1, 6, 2));
        new Box(1, 2, 3, 4).Translate(-1, 0.5f).ShouldBe(new Box(0, 2.5f, 3, 4));
    }

    [Fact]
    public void A_context_window_is_a_square_about_the_same_centre()
    {
        new Box(10, 20, 8, 12).ToSquare().ShouldBe(new Box(8, 20, 12, 12));
        new Box(10, 20, 8, 12).ToSquare().Enlarge(2).ShouldBe(new Box(2, 14, 24, 24));
    }

    [Theory]
    [InlineData(-5, -5, 10, 10, 0, 0, 5, 5)]
    [InlineData(95, 40, 10, 20, 95, 40, 5, 10)]
    [InlineData(10, 10, 5, 5, 10, 10, 5, 5)]
    [InlineData(-20, 10, 5, 5, 0, 10, 0, 5)]
    [InlineData(120, 60, 5, 5, 100, 50, 0, 0)]
    public void Clip_by_hand(
        float x, float y, float width, float height, float left, float top, float clippedWidth, float clippedHeight) =>
        new Box(x, y, width, height).Clip(100, 50).ShouldBe(new Box(left, top, clippedWidth, clippedHeight));

    [Fact]
    public void A_clipped_box_lies_in_the_picture_and_in_itself() => Boxes.Any.Sample(box =>
    {
        var clipped = box.Clip(640, 480);
        (clipped.X >= 0 && clipped.Y >= 0 && clipped.Width >= 0 && clipped.Height >= 0).ShouldBeTrue();
        (clipped.Right <= 640.001f && clipped.Bottom <= 480.001f).ShouldBeTrue();
        (clipped.Area <= box.Area * 1.0001f).ShouldBeTrue();
        clipped.Clip(640, 480).ShouldBeNear(clipped, 1e-3f);
    });

    [Fact]
    public void Enlarging_and_shrinking_back_is_the_same_box() => Gen.Select(Boxes.Any, Gen.Float[0.5f, 4])
        .Sample((box, factor) => box.Enlarge(factor).Enlarge(1 / factor).ShouldBeNear(box, 0.01f));

    [Theory]
    [InlineData(0, 0, 1, 1, true)]
    [InlineData(-3, 0, 0.5f, 1, true)]
    [InlineData(0, 0, 0, 1, false)]
    [InlineData(0, 0, 1, -1, false)]
    [InlineData(float.NaN, 0, 1, 1, false)]
    [InlineData(0, float.NegativeInfinity, 1, 1, false)]
    [InlineData(0, 0, float.PositiveInfinity, 1, false)]
    public void Validity_by_hand(float x, float y, float width, float height, bool expected) =>
        new Box(x, y, width, height).IsValid.ShouldBe(expected);

    [Fact]
    public void An_inverted_box_has_no_area() => new Box(0, 0, -2, -3).Area.ShouldBe(0);
}
