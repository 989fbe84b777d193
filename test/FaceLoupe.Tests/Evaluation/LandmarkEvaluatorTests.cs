using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Tests.Evaluation;

public class LandmarkEvaluatorTests
{
    private static readonly FaceLandmarks Points = new(new(4, 4), new(12, 4), new(8, 8), new(5, 12), new(11, 12));

    [Fact]
    public void the_error_is_the_mean_distance_over_the_root_of_the_area()
    {
        // 3-4-5 at each point; a box of 10 x 40 has the root 20.
        var face = new FaceAnnotation(new Box(0, 0, 10, 40)) { Landmarks = Points };
        var found = new ScoredBox(face.Box, 1) { Landmarks = Points.Translate(3, 4) };

        var all = LandmarkEvaluator.Evaluate([new EvaluatedPicture("a", [face], [found])])[0];

        (all.Faces, all.Found).ShouldBe((1, 1));
        all.MeanError!.Value.ShouldBe(0.25, 1e-6);
        all.Failures.ShouldBe(1);
    }

    [Fact]
    public void the_best_scored_box_on_a_face_counts_and_faces_without_points_do_not()
    {
        var near = new Box(0, 0, 20, 20);
        FaceAnnotation[] faces =
        [
            new(near) { Landmarks = Points },
            new(new Box(100, 0, 50, 50)) { Landmarks = Points },
            new(new Box(200, 0, 20, 20)),
            new(new Box(300, 0, 20, 20), Invalid: true) { Landmarks = Points },
        ];
        ScoredBox[] found =
        [
            new(near, 0.5) { Landmarks = Points.Translate(9, 0) },
            new(near, 0.9) { Landmarks = Points.Translate(1, 0) },
            new(faces[2].Box, 0.9) { Landmarks = Points },
        ];

        var results = LandmarkEvaluator.Evaluate([new EvaluatedPicture("a", faces, found)]);

        var (all, small, larger) = (results[0], results[2], results[3]);
        (all.Faces, all.Found).ShouldBe((2, 1));
        all.MeanError!.Value.ShouldBe(0.05, 1e-6);
        all.Failures.ShouldBe(0);
        small.MeanError.ShouldBe(all.MeanError);
        (larger.Faces, larger.Found, larger.MeanError).ShouldBe((1, 0, null));
    }
}
