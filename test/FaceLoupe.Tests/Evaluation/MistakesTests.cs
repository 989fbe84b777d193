using FaceLoupe.Evaluation;
using static FaceLoupe.Tests.Evaluation.Evaluated;

namespace FaceLoupe.Tests.Evaluation;

public class MistakesTests
{
    [Fact]
    public void Misses_come_worst_first()
    {
        var picture = Picture(
            [Face(0, 0, 10, 10), Face(50, 0, 40, 40), Face(200, 0, 10, 10), Face(300, 0, 20, 20),
                Face(400, 0, 90, 90, invalid: true)],
            Box(0, 0, 10, 10, 0.9), Box(200, 0, 10, 10, 0.3), Box(50, 0, 40, 10, 0.8));

        var misses = Mistakes.Of([picture]).Misses;

        // Never found: the large one (which a poor box touches), then the small one; then one with too low a score.
        misses.Select(miss => (miss.Face.Box.X, miss.Score, miss.Overlap))
            .ShouldBe([(50, null, 0.25f), (300, null, 0), (200, 0.3, 1)]);
    }

    [Fact]
    public void False_alarms_come_surest_first_and_end_at_the_threshold()
    {
        var picture = Picture(
            [Face(0, 0, 10, 10), Face(50, 0, 10, 10, invalid: true)],
            Box(0, 0, 10, 10, 0.7), Box(0, 0, 10, 8, 0.6), Box(50, 0, 10, 10, 0.9), Box(50, 0, 10, 10, 0.85),
            Box(100, 0, 10, 10, 0.8), Box(120, 0, 10, 10, 0.4));

        var alarms = Mistakes.Of([picture]).FalseAlarms;

        alarms.Select(alarm => (alarm.Prediction.Score, alarm.IsDuplicate)).ShouldBe([(0.8, false), (0.6, true)]);
        alarms[1].Overlap.ShouldBe(0.8f, 1e-6f);
    }
}
