using FaceLoupe.Models;
using FaceLoupe.Training.Calibration;

namespace FaceLoupe.Training.Tests.Calibration;

public class DoubtFitTests
{
    [Fact]
    public void the_line_goes_through_the_sure_candidates_and_ignores_the_doubtful()
    {
        (float First, float Second)[] logits = [(-4, -3), (-3, -2.5f), (0, 90), (1, -90), (4, 1), (6, 2)];

        var fit = DoubtFit.Of(logits, 0.1f, 0.9f);

        fit.Section.Low.ShouldBe(0.1f);
        fit.Section.High.ShouldBe(0.9f);
        fit.Section.Slope.ShouldBe(0.5f, 1e-4);
        fit.Section.Offset.ShouldBe(-1, 1e-4);
        fit.SureShare.ShouldBe(4 / 6.0, 1e-9);
        fit.Error.ShouldBe(0, 1e-4);
    }

    [Fact]
    public void the_line_never_falls() =>
        DoubtFit.Of([(-4, 3), (4, -3)], 0.1f, 0.9f).Section.ShouldBe(new() { Low = 0.1f, High = 0.9f, Slope = 0, Offset = 0 });

    [Fact]
    public void one_candidate_gives_a_flat_line()
    {
        DoubtFit.Of([(4, 2)], 0.1f, 0.9f).Section.ShouldBe(new() { Low = 0.1f, High = 0.9f, Slope = 0, Offset = 2 });
        DoubtFit.Of([(0, 2)], 0.1f, 0.9f).SureShare.ShouldBe(0);
    }
}
