using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples.Augmentation;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Tests.Samples.Augmentation;

public class DegradationTests
{
    private static readonly DegradationOptions None = new() { BlurChance = 0, NoiseChance = 0, JpegChance = 0 };

    [Fact]
    public void without_chances_nothing_changes() =>
        Degradation.Apply(Grey(20, 10), None, false, new SampleRandom(1, 1)).Pixels.ShouldBe(Grey(20, 10).Pixels);

    [Fact]
    public void a_box_blur_spreads_a_point_over_nine_pixels()
    {
        var point = new Picture(5, 5);
        point.Pixels[point.OffsetOf(2, 2) + 1] = 90;

        var blurred = Blur.Apply(point, Blur.Box());

        for (var y = 0; y < 5; y++)
        {
            for (var x = 0; x < 5; x++)
            {
                var near = Math.Abs(x - 2) <= 1 && Math.Abs(y - 2) <= 1;
                blurred.Pixels[blurred.OffsetOf(x, y) + 1].ShouldBe((byte)(near ? 10 : 0));
                blurred.Pixels[blurred.OffsetOf(x, y)].ShouldBe((byte)0);
            }
        }
    }

    [Fact]
    public void a_motion_blur_spreads_a_point_along_its_direction()
    {
        var point = new Picture(9, 9);
        point.Pixels[point.OffsetOf(4, 4)] = 100;

        var blurred = Blur.Motion(point, 4, angle: 0);

        Enumerable.Range(0, 9).Select(x => (int)blurred.Pixels[blurred.OffsetOf(x, 4)]).ShouldBe(
            [0, 0, 20, 20, 20, 20, 20, 0, 0]);
        Enumerable.Range(0, 9).Sum(x => blurred.Pixels[blurred.OffsetOf(x, 3)]).ShouldBe(0);
    }

    [Fact]
    public void a_large_face_is_blurred_more_where_blur_goes_with_its_size()
    {
        var options =
            None with { BlurChance = 1, MaxBlur = 0.3, MinBlur = 0.3, BoxBlurShare = 0, MaxBlurOfFace = 0.12 };
        var edge = Grey(64, 8);
        edge.Pixels.AsSpan(0, edge.Pixels.Length).Clear();
        for (var y = 0; y < 8; y++)
        {
            edge.Pixels.AsSpan(edge.OffsetOf(32, y), 3 * 32).Fill(255);
        }

        int Greys(double face) =>
            Enumerable.Range(0, 20).Sum(i => Degradation.Apply(edge, options, false, new SampleRandom(3, i), face)
            .Pixels.Count(value => value is > 10 and < 245));

        Greys(100).ShouldBeGreaterThan(2 * Greys(8));
    }

    [Fact]
    public void a_picture_that_was_shrunk_before_keeps_its_size_and_loses_detail()
    {
        var options = None with { ResampleChance = 1, MinResample = 0.5 };
        var stripes = new Picture(32, 32);
        for (var i = 0; i < stripes.Pixels.Length; i++)
        {
            stripes.Pixels[i] = (byte)(i / 3 % 2 == 0 ? 0 : 255);
        }

        var seen = Degradation.Apply(stripes, options, false, new SampleRandom(1, 1));

        (seen.Width, seen.Height).ShouldBe((32, 32));
        seen.Pixels.Average(value => Math.Abs(value - 127.5)).ShouldBeLessThan(120);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(2.5)]
    public void gaussian_weights_sum_to_one_and_have_their_deviation(double deviation)
    {
        var weights = GaussianKernel.Of(deviation);
        var radius = weights.Length / 2;

        weights.Sum().ShouldBe(1, 1e-5f);
        weights.Reverse().ShouldBe(weights);
        if (deviation >= 1)
        {
            Math.Sqrt(weights.Select((weight, i) => weight * (i - radius) * (i - radius)).Sum())
                .ShouldBe(deviation, 0.05);
        }
    }

    [Fact]
    public void a_blur_leaves_a_flat_picture_flat_up_to_the_border() =>
        Blur.Apply(Grey(7, 3), GaussianKernel.Of(1.7)).Pixels.ShouldBe(Grey(7, 3).Pixels);

    [Fact]
    public void noise_has_its_deviation_and_grain_is_equal_in_all_channels()
    {
        foreach (var grain in (bool[])[false, true])
        {
            var picture = Grey(101, 67);
            Noise.Add(picture, 8, grain, new SampleRandom(1, 5));

            var values = picture.Pixels.Select(value => value - 128.0).ToArray();
            values.Average().ShouldBe(0, 0.4);
            Math.Sqrt(values.Average(value => value * value)).ShouldBe(8, 0.4);
            var equal = Enumerable.Range(0, 101 * 67).Count(
                i => picture.Pixels[3 * i] == picture.Pixels[(3 * i) + 1]
                    && picture.Pixels[3 * i] == picture.Pixels[(3 * i) + 2]);
            (equal == 101 * 67).ShouldBe(grain);
        }
    }

    [Fact]
    public void a_black_and_white_picture_stays_so()
    {
        var all = new DegradationOptions { BlurChance = 1, NoiseChance = 1, JpegChance = 0, GrainShare = 0 };
        var pixels = Degradation.Apply(Grey(20, 10), all, grayscale: true, new SampleRandom(1, 1)).Pixels;

        Enumerable.Range(0, 200).ShouldAllBe(i => pixels[3 * i] == pixels[(3 * i) + 2]);
        pixels.Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public void a_jpeg_round_trip_keeps_the_size_and_roughly_the_picture()
    {
        var ramp = new Picture(31, 17, [.. Enumerable.Range(0, 31 * 17 * 3).Select(i => (byte)(i / 3 % 31 * 8))]);
        var options = None with { JpegChance = 1, MinJpegQuality = 30, MaxJpegQuality = 30 };

        var result = Degradation.Apply(ramp, options, false, new SampleRandom(1, 1));

        (result.Width, result.Height).ShouldBe((31, 17));
        result.Pixels.ShouldNotBe(ramp.Pixels);
        result.Pixels.Zip(ramp.Pixels, (a, b) => Math.Abs(a - b)).Average().ShouldBeLessThan(12);
    }

    private static Picture Grey(int width, int height)
    {
        var picture = new Picture(width, height);
        picture.Pixels.AsSpan().Fill(128);
        return picture;
    }
}
