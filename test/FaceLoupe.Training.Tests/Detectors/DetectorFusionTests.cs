using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Training.Detectors;
using FaceLoupe.Training.Labelling;

namespace FaceLoupe.Training.Tests.Detectors;

public class DetectorFusionTests
{
    [Fact]
    public void boxes_of_different_detectors_on_one_face_become_one_weighted_box()
    {
        var cluster = DetectorFusion.Fuse(
        [
            new DetectorBox(0, new Box(0, 0, 20, 20), 0.6f),
            new DetectorBox(1, new Box(4, 0, 20, 24), 0.2f),
        ]).ShouldHaveSingleItem();

        cluster.DetectorCount.ShouldBe(2);
        cluster.Highest.ShouldBe(0.6f);
        cluster.Mean.ShouldBe(0.4f, 1e-6);
        cluster.Box.X.ShouldBe(1, 1e-4);
        cluster.Box.Height.ShouldBe(21, 1e-4);
    }

    [Fact]
    public void a_detector_does_not_agree_with_itself() =>
        DetectorFusion.Fuse(
        [
            new DetectorBox(0, new Box(0, 0, 20, 20), 0.6f),
            new DetectorBox(0, new Box(3, 0, 20, 20), 0.5f),
        ]).ShouldHaveSingleItem().DetectorCount.ShouldBe(1);

    [Fact]
    public void a_badly_fitting_box_is_dropped_and_a_distant_one_is_another_face()
    {
        var clusters = DetectorFusion.Fuse(
        [
            new DetectorBox(0, new Box(0, 0, 20, 20), 0.6f),
            new DetectorBox(1, new Box(5, 5, 8, 8), 0.5f),
            new DetectorBox(1, new Box(18, 0, 20, 20), 0.4f),
        ]);

        clusters.Select(cluster => (cluster.DetectorCount, cluster.Box.X)).ShouldBe([(1, 0f), (1, 18f)]);
    }

    [Fact]
    public void the_order_of_boxes_does_not_matter()
    {
        DetectorBox[] boxes =
        [
            new(0, new Box(0, 0, 20, 20), 0.6f), new(1, new Box(2, 1, 20, 20), 0.6f),
            new(2, new Box(40, 0, 9, 9), 0.3f),
        ];
        var one = DetectorFusion.Fuse(boxes);
        var other = DetectorFusion.Fuse(boxes.Reverse());
        other.Select(cluster => cluster.Box).ShouldBe(one.Select(cluster => cluster.Box));
    }

    [Theory]
    [InlineData(3, true)] // a tenth of the box is 4 px
    [InlineData(5, false)]
    public void landmarks_are_the_mean_of_detectors_that_agree(float apart, bool agree)
    {
        var (box, points) = (new Box(0, 0, 40, 40), FaceLandmarks.Of([10, 12, 30, 12, 20, 20, 12, 30, 28, 30]));

        var cluster = DetectorFusion.Fuse(
        [
            new DetectorBox(0, box, 0.6f) { Landmarks = points },
            new DetectorBox(1, box, 0.5f) { Landmarks = points.Translate(apart, 0) },
            new DetectorBox(2, box, 0.4f),
        ]).ShouldHaveSingleItem();

        cluster.Landmarks.ShouldBe(agree ? points.Translate(apart / 2, 0) : null);
    }

    [Fact]
    public void one_detector_alone_predicts_no_landmarks() =>
        DetectorFusion.Fuse(
        [
            new DetectorBox(0, new Box(0, 0, 20, 20), 0.6f) { Landmarks = FaceLandmarks.Of(new float[10]) },
            new DetectorBox(1, new Box(1, 0, 20, 20), 0.5f),
        ]).ShouldHaveSingleItem().Landmarks.ShouldBeNull();

    [Fact]
    public void annotated_faces_get_the_landmarks_of_the_cluster_on_them()
    {
        var (box, points) = (new Box(0, 0, 20, 20), FaceLandmarks.Of([5, 6, 15, 6, 10, 10, 6, 15, 14, 15]));
        var clusters = DetectorFusion.Fuse(
        [
            new DetectorBox(0, box, 0.6f) { Landmarks = points }, new DetectorBox(1, box, 0.5f) { Landmarks = points },
        ]);
        FaceAnnotation[] known = [new(new Box(60, 0, 20, 20)), new(new Box(2, 1, 20, 22)), new(box, Invalid: true)];

        LandmarkMatch.Of(known, clusters).Select(face => face.Landmarks).ShouldBe([null, points, null]);
    }
}
