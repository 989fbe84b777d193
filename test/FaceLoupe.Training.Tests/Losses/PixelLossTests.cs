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
}
