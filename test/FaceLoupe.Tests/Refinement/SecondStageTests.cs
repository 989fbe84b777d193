using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Refinement;
using FaceLoupe.Tests.Imaging;

namespace FaceLoupe.Tests.Refinement;

public sealed class SecondStageTests : IDisposable
{
    private readonly ModelBundle _bundle = TinyModel.Open();

    public void Dispose() => _bundle.Dispose();

    [Fact]
    public void a_small_box_shows_every_step_and_what_the_discriminator_says_of_the_last()
    {
        var (stage, picture, box) = (new SecondStage(_bundle), Gradient(64, 48), new Box(20, 20, 26, 26));

        var view = stage.Run(picture, box);

        var steps = view.Enlargement.ShouldNotBeNull();
        (steps.LowResolution.Width, steps.Bicubic.Width, steps.Upsampled.Width).ShouldBe((8, 32, 32));
        view.Input.Pixels.SequenceEqual(steps.Refined.Pixels).ShouldBeTrue();
        view.Window.ShouldBe(stage.Window(box));
        var values = new float[3 * 32 * 32];
        var low = new float[3 * 8 * 8];
        PixelTensor.Write(steps.LowResolution, low);
        new GeneratorModel(_bundle).SuperResolve(low, 1, values);
        view.Output.ShouldBe(new DiscriminatorModel(_bundle).Classify(values, 1)[0]);
    }

    [Fact]
    public void a_box_of_native_resolution_skips_the_generator()
    {
        var (stage, picture, box) = (new SecondStage(_bundle), Gradient(200, 200), new Box(20, 20, 180, 180));

        var view = stage.Run(picture, box);

        view.Enlargement.ShouldBeNull();
        view.Input.Pixels.SequenceEqual(stage.Crop(picture, box, stage.HighResolution).Pixels).ShouldBeTrue();
    }

    [Fact]
    public void many_boxes_give_what_each_gives_alone()
    {
        var (stage, picture) = (new SecondStage(_bundle), Gradient(64, 48));
        Box[] boxes = [.. Enumerable.Range(0, 40).Select(i => new Box(i, 5, i + 8, 14))];

        stage.Enlarge(picture, boxes).Select((enlarged, i) =>
            enlarged.Pixels.SequenceEqual(stage.Enlarge(picture, boxes[i]).Refined.Pixels)).ShouldAllBe(same => same);
    }

    private static Picture Gradient(int width, int height) =>
        TestPictures.Make(width, height, (x, y) => ((byte)x, (byte)(y * 2), (byte)(x + y)));
}
