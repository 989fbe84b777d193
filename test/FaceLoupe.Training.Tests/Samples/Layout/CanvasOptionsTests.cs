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
        new CanvasOptions().BeforeEnlargement(1.1).Validate();
        new CanvasOptions().BeforeEnlargement(8).Validate();
    });

    [Fact]
    public void all_faults_are_reported_in_one_line()
    {
        var options = new CanvasOptions
        {
            Size = 255,
            HighResolutionFactor = 1.7,
            MirrorChance = 1.5,
            Photometry = new PhotometryOptions { Gamma = 0 },
            Degradation = new DegradationOptions { MinJpegQuality = 95 },
        };

        Should.Throw<FaceLoupeException>(options.Validate).Message.ShouldBe(
            "Canvas options: size must be an even number from 32 to 4096, was 255; "
            + "sharpFactor must be a multiple of 0.5 from 0.5 to 16, was 1.7; "
            + "mirrorChance must be from 0 to 1, was 1.5; "
            + "photometry.gamma must be from 1 to 10, was 0; "
            + "degradation.maxJpegQuality must be at least minJpegQuality, was 90.");
    }

    [Fact]
    public void numbers_that_are_not_finite_are_reported_before_all_else() =>
        Should.Throw<FaceLoupeException>(new CanvasOptions { Size = 255, MirrorChance = double.NaN }.Validate).Message
            .ShouldBe("Canvas options: mirrorChance must be a finite number, was NaN.");

    [Fact]
    public void enlarged_canvases_have_larger_smallest_faces()
    {
        var options = new CanvasOptions { MinFace = 6, IgnoreBelow = 5, MaxCrowdShrink = 8, UpsampledMargin = 2 };
        var upsampled = options.ForUpsampled();

        (upsampled.MinFace, upsampled.IgnoreBelow, upsampled.MaxCrowdShrink).ShouldBe((12, 10, 4));
    }

    /// <summary>The same faces and crowds in pixels of a canvas of half the side.</summary>
    [Fact]
    public void before_an_enlargement_of_2_sizes_are_half_of_those_on_upsampled_canvases()
    {
        var options = new CanvasOptions();
        var (before, after) = (options.BeforeEnlargement(2), options.ForUpsampled());

        (2 * before.Size, 2 * before.MinFace, 2 * before.MaxFace, 2 * before.IgnoreBelow).ShouldBe(
            (after.Size, after.MinFace, after.MaxFace, after.IgnoreBelow));
        (before.MinCrowdShrink, before.MaxCrowdShrink, before.MaxEnlargement).ShouldBe(
            (2 * after.MinCrowdShrink, 2 * after.MaxCrowdShrink, after.MaxEnlargement / 2));
        options.BeforeEnlargement(1.5).Size.ShouldBe(170);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8.5)]
    public void an_enlargement_out_of_range_is_refused(double factor) => Should.Throw<FaceLoupeException>(
        new CanvasOptions { Enlargements = [2, factor] }.Validate).Message.ShouldContain(
        FormattableString.Invariant($"enlargements must be above 1 to 8, were 2, {factor}"));
}
