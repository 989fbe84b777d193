using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Web.Anonymising;

namespace FaceLoupe.Web.Tests.Anonymising;

public sealed class FacePixelatorTests
{
    [Fact]
    public void a_face_becomes_blocks_of_one_colour_and_the_rest_stays()
    {
        var picture = Noise(120, 90);
        var face = new Box(30, 20, 40, 48);

        var blurred = FacePixelator.Pixelate(picture, [face]);

        Colours(blurred, face).ShouldBeLessThan(60);
        Colours(picture, face).ShouldBeGreaterThan(1500);
        blurred.Pixels[..blurred.OffsetOf(0, 10)].ShouldBe(picture.Pixels[..picture.OffsetOf(0, 10)]);
    }

    [Theory]
    [InlineData(-5, -5, 12, 12)]
    [InlineData(115, 85, 30, 30)]
    [InlineData(-50, -50, 500, 500)]
    [InlineData(50.4, 40.6, 0.5, 0.5)]
    [InlineData(300, 300, 20, 20)]
    public void boxes_at_the_edge_and_tiny_ones_do_no_harm(float x, float y, float width, float height)
    {
        var blurred = FacePixelator.Pixelate(Noise(120, 90), [new Box(x, y, width, height)]);

        (blurred.Width, blurred.Height).ShouldBe((120, 90));
    }

    private static Picture Noise(int width, int height)
    {
        var picture = new Picture(width, height);
        new Random(1).NextBytes(picture.Pixels);
        return picture;
    }

    private static int Colours(Picture picture, Box area) => (
        from y in Enumerable.Range((int)area.Y, (int)area.Height)
        from x in Enumerable.Range((int)area.X, (int)area.Width)
        let at = picture.OffsetOf(x, y)
        select (picture.Pixels[at], picture.Pixels[at + 1], picture.Pixels[at + 2])).Distinct().Count();
}
