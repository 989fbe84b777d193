using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Predictions;
using FaceLoupe.Training.Samples;

namespace FaceLoupe.Training.Tests.Samples;

public sealed class TrainingCanvasTests
{
    private static readonly Picture Native = new(50, 50), Enlarged = new(100, 100);

    [Fact]
    public void a_detector_sees_an_enlarged_canvas_as_it_was_before() =>
        new TrainingCanvas(Enlarged, null, [], []) { Native = Native }.SeenBy(picture =>
        {
            picture.ShouldBeSameAs(Native);
            return [new ScoredBox(new Box(1, 2, 3, 4), 0.5)];
        }).ShouldBe([new ScoredBox(new Box(2, 4, 6, 8), 0.5)]);

    [Fact]
    public void a_canvas_that_is_not_enlarged_is_seen_as_it_is() =>
        new TrainingCanvas(Enlarged, null, [], []).SeenBy(picture =>
        {
            picture.ShouldBeSameAs(Enlarged);
            return [new ScoredBox(new Box(1, 2, 3, 4), 0.5)];
        }).ShouldBe([new ScoredBox(new Box(1, 2, 3, 4), 0.5)]);
}
