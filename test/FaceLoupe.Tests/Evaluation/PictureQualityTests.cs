using FaceLoupe.Evaluation;
using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Evaluation;

public class PictureQualityTests
{
    [Fact]
    public void psnr_is_that_of_the_mean_squared_error_over_all_channels()
    {
        var real = new Picture(2, 1, [10, 20, 30, 40, 50, 60]);
        var picture = new Picture(2, 1, [13, 20, 30, 40, 46, 60]);

        PictureQuality.Psnr(picture, real).ShouldBe(10 * Math.Log10(255.0 * 255 / ((9 + 16) / 6.0)), 1e-9);
        PictureQuality.Psnr(real, real).ShouldBe(100);
    }

    // Reference: Reference/record_ssim.py, which weighs every pixel of every window on its own.
    [Fact]
    public void ssim_and_psnr_agree_with_reference_numbers()
    {
        var real = Pattern((x, y, c) => ((x * x) + (3 * y * y) + (40 * c)) % 256);
        var picture = Pattern((x, y, c) =>
            Math.Clamp(real.Pixels[real.OffsetOf(x, y) + c] + (((7 * x) + (5 * y) + (3 * c)) % 60) - 30, 0, 255));

        PictureQuality.Ssim(picture, real).ShouldBe(0.9745513661645084, 1e-5);
        PictureQuality.Psnr(picture, real).ShouldBe(23.688250239083096, 1e-9);
    }

    [Fact]
    public void ssim_is_symmetric_and_1_for_equal_pictures()
    {
        var real = Pattern((x, y, c) => (x * 9) + (y * 3) + c);
        var other = Pattern((x, y, c) => ((x * y) + (50 * c)) % 256);

        PictureQuality.Ssim(real, real).ShouldBe(1, 1e-6);
        PictureQuality.Ssim(real, other).ShouldBe(PictureQuality.Ssim(other, real), 1e-6);
        PictureQuality.Ssim(real, other).ShouldBeLessThan(0.9);
    }

    // Without texture only the luminance term is left: (2 a b + C1) / (a^2 + b^2 + C1).
    [Fact]
    public void ssim_of_plain_pictures_is_its_luminance_term()
    {
        var (a, b) = (51 / 255.0, 204 / 255.0);

        PictureQuality.Ssim(Pattern((_, _, _) => 51), Pattern((_, _, _) => 204))
            .ShouldBe(((2 * a * b) + 1e-4) / ((a * a) + (b * b) + 1e-4), 1e-4);
    }

    [Fact]
    public void pictures_of_different_or_too_small_sizes_are_a_mistake()
    {
        Should.Throw<ArgumentException>(() => PictureQuality.Psnr(new Picture(2, 3), new Picture(3, 2)));
        Should.Throw<ArgumentException>(() => PictureQuality.Ssim(new Picture(12, 12), new Picture(12, 11)));
        Should.Throw<ArgumentException>(() => PictureQuality.Ssim(new Picture(12, 10), new Picture(12, 10)))
            .Message.ShouldContain("11x11");
    }

    private static Picture Pattern(Func<int, int, int, int> value)
    {
        var picture = new Picture(24, 17);
        for (var i = 0; i < picture.Pixels.Length; i++)
        {
            picture.Pixels[i] = (byte)value(i / 3 % 24, i / 3 / 24, i % 3);
        }

        return picture;
    }
}
