using CsCheck;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Imaging;

public class ResamplerTests
{
    private static readonly Gen<Picture> Pictures = Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40])
        .SelectMany(
            (width, height) => Gen.Byte.Array[3 * width * height].Select(pixels => new Picture(width, height, pixels)));

    [Fact]
    public void Resize_equals_the_naive_twin() => Gen.Select(Pictures, Gen.Int[1, 90], Gen.Int[1, 90]).Sample(
        (picture, width, height) => ShouldBeNear(
            Resampler.Resize(picture, width, height), NaiveResampler.Resize(picture, width, height)),
        iter: 100);

    [Fact]
    public void Crop_equals_the_naive_twin_inside_and_outside()
    {
        var regions = Gen.Select(Gen.Float[-30, 60], Gen.Float[-30, 60], Gen.Float[0.5f, 70], Gen.Float[0.5f, 70])
            .Select((x, y, width, height) => new Box(x, y, width, height));
        Gen.Select(Pictures, regions, Gen.Int[1, 24], Gen.Int[1, 24]).Sample(
            (picture, region, width, height) => ShouldBeNear(
                Resampler.Crop(picture, region, width, height), NaiveResampler.Crop(picture, region, width, height)),
            iter: 200);
    }

    [Fact]
    public void Network_input_equals_the_crop_to_the_bit()
    {
        var regions = Gen.Select(Gen.Float[-30, 60], Gen.Float[-30, 60], Gen.Float[0.5f, 70], Gen.Float[0.5f, 70])
            .Select((x, y, width, height) => new Box(x, y, width, height));
        Gen.Select(Pictures, regions, Gen.Int[1, 70], Gen.Int[1, 24]).Sample(
            (picture, region, width, height) => ShouldBeEqual(picture, region, width, height, threads: 1), iter: 200);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(0)]
    [InlineData(7)]
    public void Threads_change_nothing(int threads)
    {
        var picture = new Picture(300, 200);
        new Random(1).NextBytes(picture.Pixels);
        ShouldBeEqual(picture, new Box(-10, 20, 330, 205), 640, 397, threads);
    }

    [Fact]
    public void Network_input_of_another_length_is_refused() => Should.Throw<ArgumentException>(() =>
        Resampler.Crop(TestPictures.Cells(), new Box(0, 0, 4, 4), 4, 4, new float[47])).Message.ShouldContain(
            "4x4 needs 48");

    [Fact]
    public void The_same_size_is_the_same_picture() => Pictures.Sample(picture =>
    {
        Resampler.Resize(picture, picture.Width, picture.Height).Pixels.ShouldBe(picture.Pixels);
        var whole = new Box(0, 0, picture.Width, picture.Height);
        Resampler.Crop(picture, whole, picture.Width, picture.Height).Pixels.ShouldBe(picture.Pixels);
    });

    [Fact]
    public void A_crop_of_whole_pixels_is_a_copy()
    {
        var cells = TestPictures.Cells();
        var crop = Resampler.Crop(cells, new Box(10, 9, 20, 15), 20, 15);
        crop.ShouldBeNear(TestPictures.Make(20, 15, (x, y) => Pixel(cells, x + 10, y + 9)), 0);
    }

    [Fact]
    public void Beyond_the_edges_the_edge_goes_on()
    {
        var cells = TestPictures.Cells();
        var crop = Resampler.Crop(cells, new Box(-10, -7, 68, 46), 68, 46);
        crop.ShouldBeNear(
            TestPictures.Make(68, 46, (x, y) => Pixel(cells, Math.Clamp(x - 10, 0, 47), Math.Clamp(y - 7, 0, 31))), 0);
    }

    [Fact]
    public void A_region_wholly_outside_is_the_nearest_corner() =>
        Resampler.Crop(TestPictures.Cells(), new Box(500, 400, 30, 30), 8, 8)
            .ShouldBeNear(TestPictures.Make(8, 8, (_, _) => (16, 32, 64)), 0);

    [Fact]
    public void A_flat_picture_stays_flat() =>
        Gen.Select(Gen.Byte, Gen.Int[1, 200], Gen.Int[1, 60]).Sample((value, from, to) =>
    {
        var flat = TestPictures.Make(from, 7, (_, _) => (value, value, value));
        Resampler.Resize(flat, to, to).Pixels.ShouldAllBe(b => b == value);
    });

    [Fact]
    public void Shrinking_keeps_the_mean_of_a_chequerboard()
    {
        var board = TestPictures.Make(
            64, 64, (x, y) => (x + y) % 2 == 0 ? ((byte)0, (byte)0, (byte)0) : ((byte)255, (byte)255, (byte)255));
        Resampler.Resize(board, 8, 8).Pixels.ShouldAllBe(b => b >= 124 && b <= 131);
    }

    [Theory]
    [InlineData(0, 0, 0, 5)]
    [InlineData(0, 0, 5, -1)]
    [InlineData(float.NaN, 0, 5, 5)]
    [InlineData(0, 0, float.PositiveInfinity, 5)]
    [InlineData(1e9f, 0, 5, 5)]
    [InlineData(0, 0, 5, 1e9f)]
    public void A_region_without_sense_is_refused(float x, float y, float width, float height) =>
        Should.Throw<ArgumentException>(() => Resampler.Crop(TestPictures.Cells(), new Box(x, y, width, height), 4, 4));

    [Fact]
    public void A_size_below_1_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Resampler.Resize(TestPictures.Cells(), 0, 4));
        Should.Throw<ArgumentOutOfRangeException>(
            () => Resampler.Crop(TestPictures.Cells(), new Box(0, 0, 4, 4), 4, -1));
    }

    private static void ShouldBeEqual(Picture picture, Box region, int width, int height, int threads)
    {
        var expected = new float[3 * width * height];
        PixelTensor.Write(Resampler.Crop(picture, region, width, height), expected);
        var actual = new float[expected.Length];

        Resampler.Crop(picture, region, width, height, actual, threads);

        actual.AsSpan().SequenceEqual(expected).ShouldBeTrue(
            $"{picture.Width}x{picture.Height}, {region}, {width}x{height}");
    }

    private static (byte Red, byte Green, byte Blue) Pixel(Picture picture, int x, int y)
    {
        var at = picture.OffsetOf(x, y);
        return (picture.Pixels[at], picture.Pixels[at + 1], picture.Pixels[at + 2]);
    }

    // A float sum may fall on the other side of a half than the double sum, hence the little room.
    private static void ShouldBeNear(Picture actual, double[] expected)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            if (Math.Abs(actual.Pixels[i] - expected[i]) >= 0.502)
            {
                Assert.Fail($"value {i}: {actual.Pixels[i]}, the twin says {expected[i]}");
            }
        }
    }
}
