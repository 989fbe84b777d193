using CsCheck;
using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Imaging;

public class PixelTensorTests
{
    [Fact]
    public void Values_are_planar_red_green_blue_from_minus_1_to_1()
    {
        var picture = new Picture(2, 1, [0, 51, 255, 255, 102, 0]);
        var values = new float[6];
        PixelTensor.Write(picture, values);
        values.ShouldBe([-1, 1, -0.6f, -0.2f, 1, -1], 1e-6);
    }

    [Fact]
    public void Round_trips_every_picture() => Gen.Select(Gen.Int[1, 20], Gen.Int[1, 20])
        .SelectMany(
            (width, height) => Gen.Byte.Array[3 * width * height].Select(pixels => new Picture(width, height, pixels)))
        .Sample(picture =>
        {
            var values = new float[picture.Pixels.Length];
            PixelTensor.Write(picture, values);
            PixelTensor.ToPicture(values, picture.Width, picture.Height).Pixels.ShouldBe(picture.Pixels);
        });

    [Fact]
    public void Values_are_clamped_and_rounded_to_the_nearest_byte() => PixelTensor
        .ToPicture([-3, -1 + (0.4f / 127.5f), -1 + (0.6f / 127.5f), 5, float.PositiveInfinity, float.NaN], 2, 1)
        .Pixels.ShouldBe([0, 1, 255, 0, 255, 0]);

    [Fact]
    public void A_span_of_another_length_is_refused()
    {
        Should.Throw<ArgumentException>(
            () => PixelTensor.Write(new Picture(2, 2), new float[13])).Message.ShouldContain("2x2 needs 12");
        Should.Throw<ArgumentException>(() => PixelTensor.ToPicture(new float[11], 2, 2)).Message.ShouldContain(
            "the span has 11");
    }
}
