using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using TorchSharp;
using static FaceLoupe.Training.Tests.Losses.TensorValues;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Losses;

public sealed class PixelLossTests
{
    [Fact]
    public void both_pictures_of_the_generator_count()
    {
        using var scope = NewDisposeScope();
        var generated = new GeneratorOutput(Pixel(1, 0, -1), Pixel(0, 0, 0.5f));

        // (1 + 0 + 1) / 3 + (0 + 0 + 0.25) / 3
        PixelLoss.Of(generated, Pixel(0, 0, 0)).Number().ShouldBe(0.75, 1e-6);
    }

    [Fact]
    public void without_refinement_the_one_picture_counts_once()
    {
        using var scope = NewDisposeScope();
        var only = Pixel(1, 0.5f, -1);

        PixelLoss.Of(new GeneratorOutput(only, only), Pixel(0, 0.5f, 0)).Number().ShouldBe(2.0 / 3, 1e-6);
    }

    [Fact]
    public void its_size_does_not_depend_on_the_number_of_pixels()
    {
        using var scope = NewDisposeScope();
        Tensor Large(params float[] pixel) => Pixel(pixel).repeat(2, 1, 5, 4);

        PixelLoss.Of(new GeneratorOutput(Large(1, 0, -1), Large(0, 0, 0.5f)), Large(0, 0, 0))
            .Number().ShouldBe(0.75, 1e-6);
    }

    [Fact]
    public void as_a_logarithm_regions_of_low_and_high_contrast_count_equally()
    {
        using var scope = NewDisposeScope();
        var only = cat([Pixel(0.1f, 0.1f, 0.1f), Pixel(1, 1, 1)]);
        var halfAsWrong = cat([Pixel(0.05f, 0.05f, 0.05f), Pixel(1, 1, 1)]);
        var real = cat([Pixel(0, 0, 0), Pixel(0, 0, 0)]);
        double Loss(Tensor picture) =>
            PixelLoss.Of(new GeneratorOutput(picture, picture), real, PixelForm.Logarithm).Number();

        // Half the error is a quarter of the square, in one RoI of two; what is added against log(0) hardly shows.
        Loss(only).ShouldBe((Math.Log(0.01) + Math.Log(1)) / 2, 0.01);
        (Loss(only) - Loss(halfAsWrong)).ShouldBe(Math.Log(4) / 2, 0.02);
    }

    [Fact]
    public void as_a_logarithm_a_perfect_region_has_a_lower_bound()
    {
        using var scope = NewDisposeScope();
        var only = Pixel(0, 0, 0);

        PixelLoss.Of(new GeneratorOutput(only, only), only, PixelForm.Logarithm).Number().ShouldBe(
            Math.Log(1e-4), 1e-4);
    }
}
