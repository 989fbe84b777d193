using FaceLoupe.Geometry;
using FaceLoupe.Training.Labelling;

namespace FaceLoupe.Training.Tests.Labelling;

public class TeacherFusionTests
{
    [Fact]
    public void boxes_of_different_teachers_on_one_face_become_one_weighted_box()
    {
        var cluster = TeacherFusion.Fuse(
        [
            new TeacherBox(0, new Box(0, 0, 20, 20), 0.6f),
            new TeacherBox(1, new Box(4, 0, 20, 24), 0.2f),
        ]).ShouldHaveSingleItem();

        cluster.Teachers.ShouldBe(2);
        cluster.Surest.ShouldBe(0.6f);
        cluster.Mean.ShouldBe(0.4f, 1e-6);
        cluster.Box.X.ShouldBe(1, 1e-4);
        cluster.Box.Height.ShouldBe(21, 1e-4);
    }

    [Fact]
    public void a_teacher_does_not_agree_with_itself() =>
        TeacherFusion.Fuse(
        [
            new TeacherBox(0, new Box(0, 0, 20, 20), 0.6f),
            new TeacherBox(0, new Box(3, 0, 20, 20), 0.5f),
        ]).ShouldHaveSingleItem().Teachers.ShouldBe(1);

    [Fact]
    public void a_box_that_fits_badly_is_a_double_and_a_distant_one_a_face_of_its_own()
    {
        var clusters = TeacherFusion.Fuse(
        [
            new TeacherBox(0, new Box(0, 0, 20, 20), 0.6f),
            new TeacherBox(1, new Box(5, 5, 8, 8), 0.5f),
            new TeacherBox(1, new Box(18, 0, 20, 20), 0.4f),
        ]);

        clusters.Select(cluster => (cluster.Teachers, cluster.Box.X)).ShouldBe([(1, 0f), (1, 18f)]);
    }

    [Fact]
    public void the_order_of_boxes_does_not_matter()
    {
        TeacherBox[] boxes =
        [
            new(0, new Box(0, 0, 20, 20), 0.6f), new(1, new Box(2, 1, 20, 20), 0.6f), new(2, new Box(40, 0, 9, 9), 0.3f),
        ];
        var one = TeacherFusion.Fuse(boxes);
        var other = TeacherFusion.Fuse(boxes.Reverse());
        other.Select(cluster => cluster.Box).ShouldBe(one.Select(cluster => cluster.Box));
    }
}
