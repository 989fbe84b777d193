using FaceLoupe.Evaluation;

namespace FaceLoupe.Tests.Evaluation;

public class PrecisionRecallCurveTests
{
    [Fact]
    public void A_curve_by_hand()
    {
        var curve = PrecisionRecallCurve.Of(
            [(0.2, true), (0.9, true), (0.5, false), (0.4, true), (0.1, false)], faces: 4);

        curve.Points.Select(point => point.Score).ShouldBe([0.9, 0.5, 0.4, 0.2, 0.1]);
        curve.Points.Select(point => point.Recall).ShouldBe([0.25, 0.25, 0.5, 0.75, 0.75]);
        curve.Points.Select(point => point.Precision).ShouldBe([1, 0.5, 2 / 3d, 0.75, 0.6]);

        // The best precision at recall 0.25 or more is 1, then 0.75 twice: the dip to 2/3 is filled.
        curve.AveragePrecision.ShouldBe(0.25 * (1 + 0.75 + 0.75), 1e-12);
    }

    [Fact]
    public void Without_a_prediction_the_curve_is_empty() =>
        PrecisionRecallCurve.Of([], faces: 3).AveragePrecision.ShouldBe(0);
}
