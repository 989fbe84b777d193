using FaceLoupe.Training.Samples.Augmentation;
using FaceLoupe.Training.Samples.Layout;

namespace FaceLoupe.Training.Tests.Samples.Layout;

public class CanvasOptionsTests
{
    [Fact]
    public void the_defaults_are_valid() => Should.NotThrow(() =>
    {
        new CanvasOptions().Validate();
        new CanvasOptions().ForUpsampled().Validate();
    });

    [Fact]
    public void all_faults_are_told_in_one_line()
    {
        var options = new CanvasOptions
        {
            Size = 255,
            SharpFactor = 1.7,
            MirrorChance = double.NaN,
            Photometry = new PhotometryOptions { Gamma = 0 },
            Degradation = new DegradationOptions { MinJpegQuality = 95 },
        };

        Should.Throw<FaceLoupeException>(options.Validate).Message.ShouldBe(
            "Canvas options: size is 255, wanted an even number from 32 to 4096; "
            + "sharpFactor is 1.7, wanted a multiple of 0.5 from 0.5 to 16; "
            + "mirrorChance is NaN, wanted 0 to 1; "
            + "photometry.gamma is 0, wanted 1 to 10; "
            + "degradation.maxJpegQuality is 90, wanted minJpegQuality to 100.");
    }

    [Fact]
    public void enlarged_canvases_have_larger_smallest_faces()
    {
        var options = new CanvasOptions { MinFace = 6, IgnoreBelow = 5, MaxCrowdShrink = 8, UpsampledMargin = 2 };
        var upsampled = options.ForUpsampled();

        (upsampled.MinFace, upsampled.IgnoreBelow, upsampled.MaxCrowdShrink).ShouldBe((12, 10, 4));
    }
}
