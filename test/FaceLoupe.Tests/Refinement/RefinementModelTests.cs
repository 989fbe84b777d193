using FaceLoupe.Geometry;
using FaceLoupe.Models;
using FaceLoupe.Refinement;

namespace FaceLoupe.Tests.Refinement;

public sealed class RefinementModelTests : IDisposable
{
    private readonly ModelBundle _bundle = TinyModel.Open();

    public void Dispose() => _bundle.Dispose();

    [Fact]
    public void the_generator_enlarges_every_crop_of_a_batch_and_clamps()
    {
        var generator = new GeneratorModel(_bundle);
        (generator.LowResolution, generator.HighResolution).ShouldBe((8, 32));
        var low = new float[2 * 3 * 8 * 8];
        low.AsSpan(0, low.Length / 2).Fill(0.5f);
        low.AsSpan(low.Length / 2).Fill(-0.9f);
        var high = new float[2 * 3 * 32 * 32];

        generator.SuperResolve(low, 2, high);

        // The tiny generator multiplies by 1.5.
        high.Take(high.Length / 2).ShouldAllBe(value => Math.Abs(value - 0.75f) < 1e-5f);
        high.Skip(high.Length / 2).ShouldAllBe(value => value == -1);
    }

    [Fact]
    public void the_discriminator_gives_one_output_per_crop()
    {
        var high = new float[3 * 3 * 32 * 32];
        high.AsSpan().Fill(-1);
        for (var y = 8; y < 24; y++)
        {
            high.AsSpan((3 * 32 * 32) + (y * 32) + 8, 16).Fill(1); // red inside, in the second crop only
        }

        var answers = new DiscriminatorModel(_bundle).Classify(high, 3);

        answers.Length.ShouldBe(3);
        answers[0].FaceLogit.ShouldBe(-6, 1e-3);
        answers[1].FaceLogit.ShouldBe(6, 1e-3);
        answers[2].ShouldBe(answers[0]);
        answers[0].RealLogit.ShouldBe(-3, 1e-3);
        answers[1].Delta.ShouldBe(new BoxDelta(0.5f, 0, 0, 0));
    }
}
