using FaceLoupe.Training.Calibration;

namespace FaceLoupe.Training.Tests.Calibration;

public class LogitLineTests
{
    [Fact]
    public void the_line_goes_through_the_candidates()
    {
        var (slope, offset) = LogitLine.Of([(-4, -3), (-3, -2.5f), (4, 1), (6, 2)]);

        slope.ShouldBe(0.5, 1e-4);
        offset.ShouldBe(-1, 1e-4);
    }

    [Fact]
    public void the_slope_is_never_negative() => LogitLine.Of([(-4, 3), (4, -3)]).ShouldBe((0, 0));

    [Fact]
    public void one_candidate_gives_a_flat_line() => LogitLine.Of([(4, 2)]).ShouldBe((0, 2));
}
