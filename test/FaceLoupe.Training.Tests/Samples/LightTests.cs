using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples.Augmentation;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Tests.Samples;

public class LightTests
{
    private static readonly PhotometryOptions None = new() { LightChance = 0, GrayscaleChance = 0 };

    [Fact]
    public void without_chances_nothing_changes()
    {
        var picture = Colours();
        Photometry.Draw(None, new SampleRandom(1, 1)).Apply(picture);
        picture.Pixels.ShouldBe(Colours().Pixels);
    }

    [Fact]
    public void black_and_white_has_equal_channels_weighted_as_the_eye_sees()
    {
        var light = Photometry.Draw(None with { GrayscaleChance = 1, SepiaChance = 0 }, new SampleRandom(1, 1));
        var picture = new Picture(2, 1, [200, 0, 0, 0, 200, 0]);

        light.Apply(picture);

        light.IsGrayscale.ShouldBeTrue();
        picture.Pixels.ShouldBe(new byte[] { 60, 60, 60, 117, 117, 117 });
    }

    [Fact]
    public void brown_toning_lifts_red_over_blue()
    {
        var picture = new Picture(1, 1, [128, 128, 128]);
        Photometry.Draw(None with { GrayscaleChance = 1, SepiaChance = 1 }, new SampleRandom(1, 3)).Apply(picture);

        picture.Pixels[0].ShouldBeGreaterThan(picture.Pixels[1]);
        picture.Pixels[1].ShouldBeGreaterThan(picture.Pixels[2]);
    }

    [Fact]
    public void a_share_of_all_draws_is_black_and_white()
    {
        var grey = Enumerable.Range(0, 2000).Count(
            i => Photometry.Draw(new PhotometryOptions(), new SampleRandom(1, i)).IsGrayscale);
        grey.ShouldBeInRange(240, 360);
    }

    [Fact]
    public void curves_keep_the_order_of_grey_values()
    {
        for (var i = 0; i < 50; i++)
        {
            var ramp = new Picture(256, 1, [.. Enumerable.Range(0, 768).Select(value => (byte)(value / 3))]);
            var options = new PhotometryOptions { ColourCast = 0, GrayscaleChance = 0 };
            Photometry.Draw(options, new SampleRandom(8, i)).Apply(ramp);
            var red = ramp.Pixels.Where((_, at) => at % 3 == 0).ToArray();
            red.ShouldBe(red.Order());
            red.Distinct().Count().ShouldBeGreaterThan(100);
        }
    }

    private static Picture Colours() =>
        new(16, 16, [.. Enumerable.Range(0, 768).Select(value => (byte)(value * 37))]);
}
