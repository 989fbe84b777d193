using CsCheck;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Imaging;

public class ResamplerTests
{
    private static readonly Gen<Picture> Pictures = Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40])
        .SelectMany((width, height) => Gen.Byte.Array[3 * width * height].Select(pixels => new Picture(width, height, pixels)));

    [Fact]
    public void Resize_equals_the_naive_twin() => Gen.Select(Pictures, Gen.Int[1, 90], Gen.Int[1, 90]).Sample(
        (picture, width, height) => ShouldBeNear(
            Resampler.Resize(picture, width, height), NaiveResampler.Resize(picture, width, height)),
        iter: 200);

    [Fact]
    public void Crop_equals_the_naive_twin_inside_and_outside()
    {
        var regions = Gen.Select(Gen.Float[-30, 60], Gen.Float[-30, 60], Gen.Float[0.5f, 70], Gen.Float[0.5f, 70])
            .Select((x, y, width, height) => new Box(x, y, width, height));
        Gen.Select(Pictures, regions, Gen.Int[1, 24], Gen.Int[1, 24]).Sample(
            (picture, region, width, height) => ShouldBeNear(
                Resampler.Crop(picture, region, width, height), NaiveResampler.Crop(picture, region, width, height)),
            iter: 300);
    }

    // A float sum may fall on the other side of a half than the double sum, hence the little room.
    private static void ShouldBeNear(Picture actual, double[] expected)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Math.Abs(actual.Pixels[i] - expected[i]).ShouldBeLessThan(0.502, $"value {i}");
        }
    }
}
